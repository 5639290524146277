// Finds the processes that belong to an instance, also when nobody supervises them any more.

import { readFileSync, readlinkSync } from 'node:fs';
import type { Instance } from '../instance.ts';
import { namespaceInodesOf } from '../network/namespaces.ts';
import { readState } from '../supervisor/process-state.ts';
import { MARK } from './launch.ts';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';
import { allPids, withDescendants } from './process-tree.ts';

/**
 * Everything that is recorded in the instance's state, carries its mark in the environment or lives in one of its namespaces, and all
 * descendants of these. Never by name; this process itself is left out.
 */
export function processesOf(instance: Instance): readonly ProcessIdentity[] {
  const pids = allPids();
  const recorded = new Set(recordedIdentities(instance).map(({ pid }) => pid));
  const inodes = namespaceInodesOf(instance);
  const mark = `${MARK}=${instance.folder}`;
  const own = pids.filter((pid) => recorded.has(pid) || isMarked(pid, mark) || isInNamespace(pid, inodes));
  return withDescendants(own, pids)
    .filter((pid) => pid !== process.pid)
    .map(identityOf)
    .filter((identity) => identity !== null);
}

function recordedIdentities(instance: Instance): readonly ProcessIdentity[] {
  const state = readState(instance.stateFile);
  if (state === null) return [];
  const identities = [state.supervisor, ...state.processes.map((each) => each.identity)];
  return identities.filter((identity) => identity !== null).filter(isAlive);
}

/** The environment with which the process was started; unreadable for the processes of other users. */
function isMarked(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
  } catch {
    return false;
  }
}

function isInNamespace(pid: number, inodes: ReadonlySet<number>): boolean {
  if (inodes.size === 0) return false;
  try {
    const inode = /^net:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[1];
    return inodes.has(Number(inode));
  } catch {
    return false;
  }
}
