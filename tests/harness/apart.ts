// Runs a shell script with mounts, and if need be a network, of its own: a full disk or a missing program for one process, and for nobody else.

import { spawnSync } from 'node:child_process';
import { type Ended, launch } from './stampede.ts';

const WAYS = [['unshare'], ['unshare', '--user', '--map-root-user']] as const;

const way = WAYS.find(([program, ...args]) => spawnSync(program, [...args, '--mount', '--net', 'true']).status === 0);

/** For titles: why rows that need it are skipped; empty when they are not. */
export const notApart =
  way === undefined ? ' (SKIPPED: this machine lets us have no mount and network namespaces)' : '';

/** Runs the script in namespaces of these kinds. Its `$0` and up are `args`. */
export function apart(
  kinds: readonly ('mount' | 'net')[],
  script: string,
  args: readonly string[] = [],
): Promise<Ended> {
  if (way === undefined) throw new Error(`no namespaces${notApart}`);
  return launch([...way, ...kinds.map((kind) => `--${kind}`), 'sh', '-c', script, ...args]).ended;
}
