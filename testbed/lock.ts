// Locks that the kernel gives back when their holder dies: names of abstract Unix sockets, known to one network namespace each.

import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import type { Instance } from './instance.ts';

const RETRY_MS = 50;
/** Longer than `up` and `down` may take. */
const INSTANCE_WAIT_MS = 150_000;
/** Longer than it takes to choose a subnet and claim it. */
const MACHINE_WAIT_MS = 30_000;

/** Only one `up` or `down` at a time works on an instance. */
export function withInstanceLock<T>(instance: Instance, work: () => Promise<T>): Promise<T> {
  return withLock(`stampede-testbed-${instance.key}`, INSTANCE_WAIT_MS, work);
}

/** Only one `up` at a time chooses a subnet on this machine: abstract sockets reach exactly as far as the addresses do. */
export function withMachineLock<T>(work: () => Promise<T>): Promise<T> {
  return withLock('stampede-testbed-subnet', MACHINE_WAIT_MS, work);
}

/** Runs the work while holding the lock. Throws (69) when another process held it for `waitMs` milliseconds. */
export async function withLock<T>(name: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const holder = await acquire(name, performance.now() + waitMs);
  try {
    return await work();
  } finally {
    holder.close();
    await once(holder, 'close');
  }
}

async function acquire(name: string, endMs: number): Promise<Server> {
  for (;;) {
    const holder = await tryAcquire(name);
    if (holder !== null) return holder;
    if (performance.now() > endMs) {
      throw new StampedeError('another stampede up or down of this testbed has not come to its end', {
        exitCode: EXIT.unavailable,
        hint: 'Wait for it, or end it, and try again.',
      });
    }
    await pause(RETRY_MS);
  }
}

async function tryAcquire(name: string): Promise<Server | null> {
  const server = createServer().listen(`\0${name}`);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null;
    throw error;
  }
}
