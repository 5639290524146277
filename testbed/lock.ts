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

/** How to wait for a lock that another process holds. */
export interface LockWait {
  readonly waitMs: number;
  /** Ends the waiting when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Called once when there is something to wait for. */
  readonly onWait?: (() => void) | undefined;
  /** What to say when the wait was in vain. */
  readonly refusal?: { readonly message: string; readonly hint: string };
}

const UNFINISHED = {
  message: 'another stampede up or down of this testbed has not come to its end',
  hint: 'Wait for it, or end it, and try again.',
};

/** Only one `up` or `down` at a time works on an instance. */
export function withInstanceLock<T>(
  instance: Instance,
  wait: Omit<LockWait, 'waitMs'>,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(`stampede-testbed-${instance.key}`, { ...wait, waitMs: INSTANCE_WAIT_MS }, work);
}

/** Only one `up` at a time chooses a subnet on this machine: abstract sockets reach exactly as far as the addresses do. */
export function withMachineLock<T>(work: () => Promise<T>): Promise<T> {
  return withLock('stampede-testbed-subnet', { waitMs: MACHINE_WAIT_MS }, work);
}

/** Runs the work while holding the lock. Throws a StampedeError: 69 when another process held it too long, 6 when aborted. */
export async function withLock<T>(name: string, wait: LockWait, work: () => Promise<T>): Promise<T> {
  const holder = (await tryAcquire(name)) ?? (await acquireLater(name, wait));
  try {
    return await work();
  } finally {
    holder.close();
    await once(holder, 'close');
  }
}

async function acquireLater(name: string, { waitMs, signal, onWait, refusal = UNFINISHED }: LockWait): Promise<Server> {
  onWait?.();
  const endMs = performance.now() + waitMs;
  for (;;) {
    if (signal?.aborted) throw new StampedeError('stopped before anything was done', { exitCode: EXIT.stopped });
    const holder = await tryAcquire(name);
    if (holder !== null) return holder;
    if (performance.now() >= endMs) {
      throw new StampedeError(refusal.message, { exitCode: EXIT.unavailable, hint: refusal.hint });
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
