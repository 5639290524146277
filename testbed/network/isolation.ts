// Decides whether the testbed can have network namespaces: only then can a fault cut two of its processes apart.

import { readFileSync } from 'node:fs';
import type { NetworkMode } from './address-plan.ts';

export interface Isolation {
  readonly mode: NetworkMode;
  /** Why partition faults are impossible; absent under namespaces. */
  readonly because?: string;
}

/** Bits of capabilities(7). */
const CAP_NET_ADMIN = 12n;
const CAP_SYS_ADMIN = 21n;

/** Namespaces where this process may make them, else loopback with the reason. */
export function chooseIsolation(loopbackWanted: boolean): Isolation {
  if (loopbackWanted) return { mode: 'loopback', because: 'loopback was asked for' };
  return isolationOf(process.getuid?.() ?? -1, readFileSync('/proc/self/status', 'latin1'));
}

/** The same from the facts: user id and content of /proc/self/status. */
export function isolationOf(uid: number, procStatus: string): Isolation {
  if (uid !== 0) return { mode: 'loopback', because: 'network namespaces need root' };
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(procStatus)?.[1] ?? '0'}`);
  const has = (capability: bigint) => ((effective >> capability) & 1n) === 1n;
  if (has(CAP_NET_ADMIN) && has(CAP_SYS_ADMIN)) return { mode: 'namespaces' };
  return { mode: 'loopback', because: 'this container lacks CAP_NET_ADMIN or CAP_SYS_ADMIN' };
}
