// What a cluster leaves on the machine, looked for by other means than the clean-up's own: the test of the clean-up.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Instance } from '../../testbed/instance.ts';
import { identityOf } from '../../testbed/processes/process-identity.ts';

/** Folders with fixed paths that Kubernetes, containerd and CNI would use. */
const FIXED = ['/var/lib/kubelet', '/var/lib/cni', '/var/log/pods', '/var/log/containers', '/run/containerd/s'];

/** Those of the fixed folders that are on the machine: another Kubernetes may have them. */
export function fixedFolders(): readonly string[] {
  return FIXED.filter((folder) => existsSync(folder));
}

/** In words; empty when there is none. `subnets`: beginnings of addresses that were its own, e.g. `198.19.7.`. */
export function tracesOf({ key, folder }: Instance, subnets: readonly string[]): readonly string[] {
  const mine = (text: string) =>
    text.includes(key) || text.includes(folder) || subnets.some((each) => text.includes(each));
  const ip = (...args: readonly string[]) => execFileSync('ip', args, { encoding: 'utf8' }).split('\n').filter(mine);
  return [
    ...ip('netns', 'list').map((line) => `namespace ${line}`),
    ...ip('-oneline', 'address').map((line) => `address ${line}`),
    ...ip('route', 'show', 'table', 'all').map((line) => `route ${line}`),
    ...cgroupsWith(key),
    ...processesThatKnow(mine),
    ...(existsSync(folder) ? [folder] : []),
  ];
}

function cgroupsWith(key: string): readonly string[] {
  const found = execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', `*${key}*`], { encoding: 'utf8' });
  return found.split('\n').filter(Boolean);
}

/** By their cgroups, their mounts, their command line or their environment; in every namespace that is left. */
function processesThatKnow(mine: (text: string) => boolean): readonly string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  // One that has ended and waits for the machine's first process to take note of it is no longer the cluster's.
  const running = pids.filter((pid) => identityOf(Number(pid)) !== null);
  return running.flatMap((pid) =>
    ['cgroup', 'mountinfo', 'cmdline', 'environ']
      .filter((file) => mine(read(`/proc/${pid}/${file}`)))
      .map((file) => `process ${pid} by its ${file}: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`),
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
