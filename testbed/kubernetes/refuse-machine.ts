// What a machine must have that no package brings, asked before anything is built or started.

import { readFileSync } from 'node:fs';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';

/** Kubernetes and Chaos Mesh take about 1 GiB, the platform on it about 2. */
const LEAST_MEMORY_MIB = 4096;

/** What is asked of the machine; another one stands in for it in tests. */
export interface ClusterMachine {
  readonly userId: number;
  /** Content of /proc/self/status. */
  readonly status: string;
  /** Content of /proc/meminfo. */
  readonly memory: string;
  /** Content of /proc/filesystems. */
  readonly fileSystems: string;
}

export function thisClusterMachine(): ClusterMachine {
  const read = (path: string) => readFileSync(path, 'latin1');
  return {
    userId: process.getuid?.() ?? -1,
    status: read('/proc/self/status'),
    memory: read('/proc/meminfo'),
    fileSystems: read('/proc/filesystems'),
  };
}

/** Bit of capabilities(7). */
const CAP_SYS_ADMIN = 21n;

/** Throws a StampedeError (69) with what to do where no cluster can be. */
export function refuseMachine(machine = thisClusterMachine()): void {
  const freeMib = Math.floor(Number(/^MemAvailable:\s+(\d+) kB$/m.exec(machine.memory)?.[1] ?? 0) / 1024);
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(machine.status)?.[1] ?? '0'}`);
  if (machine.userId !== 0) throw refusal('a cluster can only be started by root', 'sudo npx stampede cluster up');
  if (((effective >> CAP_SYS_ADMIN) & 1n) === 0n) {
    throw refusal('this container lacks CAP_SYS_ADMIN', 'Start the cluster outside of it, or in a privileged one.');
  }
  if (!/\boverlay$/m.test(machine.fileSystems)) {
    throw refusal('the kernel has no overlay file system, of which containers are made', 'Try: modprobe overlay');
  }
  if (freeMib >= LEAST_MEMORY_MIB) return;
  throw refusal(
    `a cluster with the platform on it needs ${LEAST_MEMORY_MIB} MiB of memory, and ${freeMib} MiB are free`,
    'End other programs, or give the machine more.',
  );
}

function refusal(message: string, hint: string): StampedeError {
  return new StampedeError(message, { exitCode: EXIT.unavailable, hint });
}
