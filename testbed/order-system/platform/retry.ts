// Another try for work that failed for a reason that passes by itself, such as a database that restarts.

import { setTimeout as delay } from 'node:timers/promises';
import { isTransient } from './database.ts';

const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 1000;

/**
 * Runs the work until it succeeds, fails for good, or the signal is aborted; the last error is thrown then.
 * `onRetry` hears of each failure that is tried again.
 */
export async function withRetries<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
  onRetry: (error: unknown) => void,
): Promise<Result> {
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || signal.aborted) throw error;
      onRetry(error);
      // An abort ends the wait; the work then gets its last try.
      await delay(delayMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }
}
