// Whether the kernels of the nodes can do what a fault of the network needs: asked before anything is made, because an object of
// Chaos Mesh whose rules the kernel refuses cannot be deleted properly either.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { KernelSkill } from '../../lib/model/target.ts';
import type { Cluster } from './cluster.ts';
import { persist } from './persist.ts';

/** Tried in a network namespace that ends with the attempt. */
const ATTEMPTS: Readonly<Record<KernelSkill, string>> = {
  'packet-filter': 'iptables -A INPUT -j DROP && ipset create stampede hash:net',
  netem: 'tc qdisc add dev lo root netem delay 1ms',
  tbf: 'tc qdisc add dev lo root tbf rate 1mbit burst 10kb latency 50ms',
};
const ATTEMPT_LIMIT_MS = 10_000;

const run = promisify(execFile);

export interface Kernels {
  /** Why the kernels of these nodes cannot, or cannot be known to; `null` when they can. */
  lack(skill: KernelSkill, nodes: readonly string[]): Promise<string | null>;
}

/** A node whose kernel is that of this machine is tried, here; for any other the target file must answer. */
export function kernelsOf(cluster: Cluster, declared: readonly KernelSkill[]): Kernels {
  return {
    lack: async (skill, nodes) => {
      const isHere = await allAreThisKernel(cluster, nodes);
      if (isHere) return lackHere(skill);
      if (declared.includes(skill)) return null;
      return `nobody has said that the nodes' kernels can do ${skill}, and it cannot be tried from this machine: see "nodesCan" in docs/targets.md`;
    },
  };
}

/** What this machine's kernel refuses; `null` when it can. */
export async function lackHere(skill: KernelSkill): Promise<string | null> {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  try {
    await run('unshare', [...user, '--net', 'sh', '-ec', ATTEMPTS[skill]], { timeout: ATTEMPT_LIMIT_MS });
    return null;
  } catch (cause) {
    const [reason = ''] = String((cause as { stderr?: string }).stderr || (cause as Error).message).split('\n');
    return `the kernel cannot do ${skill}: ${reason}`;
  }
}

/** A node tells the identity of its kernel's present life. Who may not ask does not know. */
async function allAreThisKernel(cluster: Cluster, nodes: readonly string[]): Promise<boolean> {
  const own = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const boots = nodes.map(async (name) => {
    const node = await persist(`reading node ${name}`, () => cluster.core.readNode({ name }), { limitMs: 5_000 });
    return node.status?.nodeInfo?.bootID;
  });
  return Promise.all(boots).then(
    (found) => found.length > 0 && found.every((boot) => boot === own),
    () => false,
  );
}
