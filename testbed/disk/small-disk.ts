// A small disk of its own under the data of one broker node, so that it can be filled without filling the machine's.

import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { brokerFiles } from '../broker/broker-processes.ts';
import type { Instance } from '../instance.ts';
import type { BrokerName } from '../network/address-plan.ts';
import { runCommand } from '../processes/run-command.ts';

/** Whose disk is small. */
export const SMALL_DISK_NODE: BrokerName = 'broker-3';

/** What a node needs for a game day beside the free space at which it raises its alarm (500 MB). In memory, as far as it is used. */
const SIZE_MB = 1200;

/** Whether this process may mount anything; it needs what namespaces need. */
export function canMount(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0';
  return process.getuid?.() === 0 && ((BigInt(`0x${effective}`) >> CAP_SYS_ADMIN) & 1n) === 1n;
}

/** Bit of capabilities(7). */
const CAP_SYS_ADMIN = 21n;

export function smallDiskFolder(instance: Instance): string {
  return brokerFiles(instance).data(SMALL_DISK_NODE);
}

/** Before the node has any data. Rejects where the kernel refuses. */
export async function mountSmallDisk(instance: Instance): Promise<void> {
  const folder = smallDiskFolder(instance);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await runCommand(['mount', '-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=700`, `stampede-${instance.key}`, folder]);
}

/** Whether the node's data lie on the small disk. */
export function hasSmallDisk(instance: Instance): boolean {
  return mountsOf(instance).includes(smallDiskFolder(instance));
}

/** Folders within the instance's that are mounts of their own, whatever made them. */
export function mountsOf(instance: Instance): readonly string[] {
  const points = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  return points.map(unescaped).filter((point) => point.startsWith(join(instance.folder, '/')));
}

/** What is not there is no failure. */
export async function unmountAll(instance: Instance): Promise<void> {
  for (const folder of mountsOf(instance)) await runCommand(['umount', folder]);
}

/** The kernel writes blanks and the like in paths as octal numbers (proc_pid_mountinfo(5)). */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
