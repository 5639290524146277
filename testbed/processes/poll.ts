// Waiting for a condition: ask again and again until it holds or the signal says stop.

import { setTimeout as pause } from 'node:timers/promises';

const INTERVAL_MS = 50;

/** Asks until the answer is true. False when the deadline passed first. */
export async function holdsWithin(deadlineMs: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() >= end) return false;
    await pause(INTERVAL_MS);
  }
  return true;
}

/** Asks until the answer is true. Rejects with the signal's reason as soon as it is aborted. */
export async function pollUntil(
  signal: AbortSignal,
  condition: () => Promise<boolean>,
  intervalMs = INTERVAL_MS,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (await condition()) return;
    await pause(intervalMs);
  }
}
