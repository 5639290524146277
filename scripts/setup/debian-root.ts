// Programs of a release of Debian in a root folder of the cache, with their libraries. The system's packages stay as they are.

import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';
import { withLock } from '../../lib/machine/lock.mjs';
import { openProgress, step } from '../../lib/machine/progress.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { lastLines, runTool, type ToolResult } from './run-tool.ts';

const FETCH = fileURLToPath(new URL('fetch-debian.sh', import.meta.url));

export interface DebianRoot {
  /** Of its folder in the cache. */
  readonly name: string;
  /** Code name of the release. */
  readonly release: string;
  readonly packages: readonly string[];
}

/** Path of the root folder; fetches it first when need be. Needs no root rights, but apt-get and dpkg-deb. Throws StampedeError 69. */
export async function ensureDebianRoot({ name, release, packages }: DebianRoot): Promise<string> {
  const root = join(cacheFolder(), 'debian', `${release}-${name}`);
  await withLock(root, async () => {
    if (existsSync(root)) return;
    const what = `fetching ${packages.join(', ')} of Debian ${release} (once)`;
    await madeWhole(root, (unfinished) =>
      step(openProgress(), what, () => fetchOrThrow(unfinished, release, packages)),
    );
  });
  return root;
}

/** Unpacks packages and all that they need into a folder, whole or broken. */
export function fetchDebian(folder: string, release: string, packages: readonly string[]): Promise<ToolResult> {
  return runTool({ command: '/bin/sh', args: [FETCH, folder, release, ...packages] });
}

/** Makes a folder beside its place and renames it: work that is cut short leaves nothing that looks whole. */
export async function madeWhole(folder: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    await make(unfinished);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function fetchOrThrow(folder: string, release: string, packages: readonly string[]): Promise<void> {
  const { exitCode, output } = await fetchDebian(folder, release, packages);
  if (exitCode === 0) return;
  throw new StampedeError(`${packages.join(', ')} of Debian ${release} could not be fetched: ${lastLines(output)}`, {
    exitCode: EXIT.unavailable,
    hint: 'This needs apt-get, dpkg-deb, the package debian-archive-keyring, and a mirror of Debian.',
  });
}
