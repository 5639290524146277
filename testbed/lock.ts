// The testbed's locks: one `up` or `down` at a time on an instance, one choice of a subnet at a time on a machine.

import { acquireLock, type LockWait } from '../lib/machine/lock.mjs';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import type { Instance } from './instance.ts';

/** Longer than `up` and `down` may take. */
const INSTANCE_WAIT_MS = 150_000;
/** Longer than it takes to choose a subnet and claim it. */
const MACHINE_WAIT_MS = 30_000;

/** How to wait for a lock, and what to say when the wait was in vain. */
export interface LockOptions extends LockWait {
  readonly refusal?: { readonly message: string; readonly hint: string };
}

const UNFINISHED = {
  message: 'another stampede up or down of this testbed has not come to its end',
  hint: 'Wait for it, or end it, and try again.',
};

/** Only one `up` or `down` at a time works on an instance. */
export function withInstanceLock<T>(
  instance: Instance,
  wait: Omit<LockOptions, 'waitMs'>,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(`stampede-testbed-${instance.key}`, { ...wait, waitMs: INSTANCE_WAIT_MS }, work);
}

/** Only one `up` at a time chooses a subnet on this machine: abstract sockets reach exactly as far as the addresses do. */
export function withMachineLock<T>(work: () => Promise<T>): Promise<T> {
  return withLock('stampede-testbed-subnet', { waitMs: MACHINE_WAIT_MS }, work);
}

/** Runs the work while holding the lock. Throws a StampedeError: 69 when another process held it too long, 6 when aborted. */
export async function withLock<T>(name: string, wait: LockOptions, work: () => Promise<T>): Promise<T> {
  const { refusal = UNFINISHED, ...lockWait } = wait;
  const release = await acquireLock(name, lockWait);
  if (release === null && wait.signal?.aborted) {
    throw new StampedeError('stopped before anything was done', { exitCode: EXIT.stopped });
  }
  if (release === null) throw new StampedeError(refusal.message, { exitCode: EXIT.unavailable, hint: refusal.hint });
  try {
    return await work();
  } finally {
    await release();
  }
}
