// The cgroups of a cluster's pods: below a folder named after the instance, in the cgroup of the command that started the cluster.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instance } from '../../instance.ts';
import { holdsWithin } from '../../processes/poll.ts';
import { identityOf, type ProcessIdentity } from '../../processes/process-identity.ts';

const MOUNT = '/sys/fs/cgroup';
/** On a crowded machine the end of a large process takes its time. */
const EMPTY_DEADLINE_MS = 60_000;

/**
 * The cgroup below which the kubelet makes those of the pods, as a path from the root of every hierarchy. Under version 2 it stands at the
 * root: a group that has processes of its own may there have no children with limits.
 */
export function podsCgroup(instance: Instance, own = readFileSync('/proc/self/cgroup', 'latin1')): string {
  const cpu = own.split('\n').find((line) => /^\d+:([^:]*,)?cpu(,[^:]*)?:/.test(line));
  const parent = cpu?.split(':')[2] ?? '/';
  return join(parent, cgroupName(instance));
}

function cgroupName(instance: Instance): string {
  return `stampede-${instance.key}`;
}

/** The kubelet wants it to be there in every hierarchy. */
export async function createCgroups(path: string): Promise<void> {
  for (const root of hierarchies()) await mkdir(join(root, path), { recursive: true });
}

/** Folders of the instance's cgroups, wherever it was started from. */
export function cgroupsOf(instance: Instance): readonly string[] {
  return hierarchies().flatMap((root) => foldersNamed(root, cgroupName(instance)));
}

/** Processes in the instance's cgroups: containers, also when what started them is gone. */
export function processesInCgroups(instance: Instance): readonly ProcessIdentity[] {
  const pids = cgroupsOf(instance).flatMap((folder) => withChildren(folder).flatMap(pidsIn));
  return [...new Set(pids)].map(identityOf).filter((identity) => identity !== null);
}

/**
 * Removes the instance's cgroups, children first, and the parents that were made for them. Their processes must have been ended; the kernel
 * lets go of a cgroup only when the last of them has given back its memory.
 */
export async function removeCgroups(instance: Instance): Promise<void> {
  const parents = cgroupsOf(instance).map(dirname);
  await holdsWithin(EMPTY_DEADLINE_MS, async () => {
    for (const folder of cgroupsOf(instance).flatMap(withChildren).reverse())
      await rmdir(folder).catch(() => undefined);
    return cgroupsOf(instance).length === 0;
  });
  for (const parent of parents) await removeEmptyParents(parent);
}

/** One that has processes or other children refuses to go; so does the root. */
async function removeEmptyParents(folder: string): Promise<void> {
  if (hierarchies().includes(folder) || pidsIn(folder).length > 0 || childrenOf(folder).length > 0) return;
  await rmdir(folder).then(
    () => removeEmptyParents(dirname(folder)),
    () => undefined,
  );
}

/** Version 1 has a hierarchy per controller, version 2 one for all. */
function hierarchies(): readonly string[] {
  if (existsSync(join(MOUNT, 'cgroup.controllers'))) return [MOUNT];
  return childrenOf(MOUNT).filter((folder) => existsSync(join(folder, 'cgroup.procs')));
}

function foldersNamed(folder: string, name: string): string[] {
  return childrenOf(folder).flatMap((each) => (each.endsWith(`/${name}`) ? [each] : foldersNamed(each, name)));
}

/** Parents before children. */
function withChildren(folder: string): string[] {
  return [folder, ...childrenOf(folder).flatMap(withChildren)];
}

function childrenOf(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

function pidsIn(folder: string): number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'latin1').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
