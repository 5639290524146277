// Builds a Go program of this project when its sources changed, and keeps it in the cache for every clone.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';
import { withLock } from '../../lib/machine/lock.mjs';
import { openProgress, step } from '../../lib/machine/progress.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { goVersion } from './go-version.ts';
import { lastLines, runTool } from './run-tool.ts';

/** No VCS stamp: the binary depends on its sources alone, and git may refuse a clone that another user owns. */
function buildOf({ texts = {} }: GoProgram): readonly string[] {
  const set = Object.entries(texts).map(([name, value]) => `-X ${name}=${value}`);
  return ['build', '-trimpath', '-buildvcs=false', '-ldflags', ['-s -w', ...set].join(' ')];
}

export interface GoProgram {
  /** Name of the binary, and of its folder in the cache. */
  readonly name: string;
  /** What it is, for people: "k6 with the extension". */
  readonly about: string;
  /** Folder of the Go module. */
  readonly module: string;
  /** The main package within it. */
  readonly main: string;
  /** Needs a C compiler. */
  readonly withC?: boolean;
  /** Values of string variables by their full names, as a release of the program would have them set. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** Path of the binary; builds it first when need be. Throws StampedeError 69. */
export async function ensureGoBinary(program: GoProgram): Promise<string> {
  const binary = await goBinaryPath(program);
  if (existsSync(binary)) return binary;
  const wait = () => console.error(`stampede: another process is building ${program.name}; waiting for it`);
  await withLock(binary, () => (existsSync(binary) ? undefined : build(program, binary)), wait);
  return binary;
}

/** Where the binary of the present sources and the present Go stands, or would stand. Throws StampedeError 69 without Go. */
export async function goBinaryPath(program: GoProgram): Promise<string> {
  const { name, module, withC = false } = program;
  const how = [await goVersion(module), ...buildOf(program), ...(withC ? ['cgo'] : [])];
  const hash = createHash('sha256').update(`${how.join(' ')}\n`);
  for (const file of await sourceFiles(module)) {
    hash.update(`${file}\n`).update(await readFile(join(module, file)));
  }
  return join(cacheFolder(), name, hash.digest('hex').slice(0, 32), name);
}

/** What the binary is made of: the module files and all Go files but tests, sorted. */
async function sourceFiles(module: string): Promise<string[]> {
  const files = await readdir(module, { recursive: true });
  const isSource = (file: string) => /(^go\.(mod|sum)|\.go)$/.test(file) && !file.endsWith('_test.go');
  return files.filter(isSource).sort();
}

/** Builds beside the final place and renames: a build that is cut short leaves no binary that looks whole. */
async function build(program: GoProgram, binary: string): Promise<void> {
  const { name, about, module, main, withC = false } = program;
  const unfinished = `${binary}.${process.pid}`;
  await mkdir(dirname(binary), { recursive: true });
  try {
    await step(openProgress(), `building ${about} (once per version of its sources)`, async () => {
      const args = [...buildOf(program), '-o', unfinished, main];
      const result = await runTool({ command: 'go', args, cwd: module, env: { CGO_ENABLED: withC ? '1' : '0' } });
      if (result.exitCode !== 0) throw buildFailed(name, main, module, result.output);
    });
    await rename(unfinished, binary);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function buildFailed(name: string, main: string, module: string, output: string): StampedeError {
  return new StampedeError(`${name} could not be built:\n${lastLines(output)}`, {
    exitCode: EXIT.unavailable,
    hint: `Go needs its module proxy (see "go env GOPROXY") for the first build; "go build ${main}" in ${module} shows the same.`,
  });
}
