// Builds the k6 of this project (extension/cmd/k6) when its sources changed, and keeps it in the cache for every clone.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';
import { withLock } from '../../lib/machine/lock.mjs';
import { openProgress, step } from '../../lib/machine/progress.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { goVersion } from './go-version.ts';
import { lastLines, runTool } from './run-tool.ts';

const EXTENSION = fileURLToPath(new URL('../../extension', import.meta.url));
/** No VCS stamp: the binary depends on its sources alone, and git may refuse a clone that another user owns. */
const BUILD = ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w'];

/** Path of the binary; builds it first when need be (some minutes without Go's build cache). Throws StampedeError 69. */
export async function ensureK6(extension = EXTENSION): Promise<string> {
  const binary = await k6BinaryPath(extension);
  if (existsSync(binary)) return binary;
  const wait = () => console.error('stampede: another process is building k6; waiting for it');
  await withLock(binary, () => (existsSync(binary) ? undefined : build(extension, binary)), wait);
  return binary;
}

/** Where the binary of the present sources and the present Go stands, or would stand. Throws StampedeError 69 without Go. */
export async function k6BinaryPath(extension = EXTENSION): Promise<string> {
  const hash = createHash('sha256').update(`${await goVersion(extension)} ${BUILD.join(' ')}\n`);
  for (const file of await sourceFiles(extension)) {
    hash.update(`${file}\n`).update(await readFile(join(extension, file)));
  }
  return join(cacheFolder(), 'k6', hash.digest('hex').slice(0, 32), 'k6');
}

/** What the binary is made of: the module files and all Go files but tests, sorted. */
async function sourceFiles(extension: string): Promise<string[]> {
  const files = await readdir(extension, { recursive: true });
  const isSource = (file: string) => /(^go\.(mod|sum)|\.go)$/.test(file) && !file.endsWith('_test.go');
  return files.filter(isSource).sort();
}

/** Builds beside the final place and renames: a build that is cut short leaves no binary that looks whole. */
async function build(extension: string, binary: string): Promise<void> {
  const unfinished = `${binary}.${process.pid}`;
  await mkdir(dirname(binary), { recursive: true });
  try {
    await step(openProgress(), 'building k6 with the extension (once per version of its sources)', async () => {
      const args = [...BUILD, '-o', unfinished, './cmd/k6'];
      const result = await runTool({ command: 'go', args, cwd: extension, env: { CGO_ENABLED: '0' } });
      if (result.exitCode !== 0) throw buildFailed(result.output);
    });
    await rename(unfinished, binary);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function buildFailed(output: string): StampedeError {
  return new StampedeError(`k6 could not be built:\n${lastLines(output)}`, {
    exitCode: EXIT.unavailable,
    hint: 'Go needs its module proxy (see "go env GOPROXY") for the first build; "go build ./cmd/k6" in extension/ shows the same.',
  });
}
