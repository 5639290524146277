// Work under a lock that one process holds at a time: who waits in vain is refused in words.

import { EXIT } from '../model/exit-code.ts';
import { StampedeError } from '../model/stampede-error.ts';
import { acquireLock, type LockWait } from './lock.mjs';

/** How to wait for a lock, and what to say when the wait was in vain. */
export interface LockOptions extends LockWait {
  readonly refusal: { readonly message: string; readonly hint: string };
}

/** Runs the work while holding the lock. Throws a StampedeError: 69 when another process held it too long, 6 when aborted. */
export async function holdingLock<T>(
  name: string,
  { refusal, ...wait }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const release = await acquireLock(name, wait);
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
