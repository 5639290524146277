// Which processes there are and belong to which: all of the machine, what each was called with, and the descendants of some.

import { readdirSync, readFileSync } from 'node:fs';
import { readStat } from './process-identity.ts';

export function allPids(): readonly number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** Program and arguments; empty for a process that has ended. */
export function commandLineOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** The roots and all that they have started, as far as it runs among `pids`; the server processes of PostgreSQL overwrite their environment, but not their parent. */
export function withDescendants(roots: readonly number[], pids: readonly number[] = allPids()): readonly number[] {
  const parents = new Map(pids.map((pid) => [pid, readStat(pid)?.parentPid]));
  const family = new Set(roots);
  let before = -1;
  while (before !== family.size) {
    before = family.size;
    for (const [pid, parent] of parents) if (parent !== undefined && family.has(parent)) family.add(pid);
  }
  return [...family];
}
