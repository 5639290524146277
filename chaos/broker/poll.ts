// What is wrong: of several things the first, and again and again until nothing is any more.

import { setTimeout as pause } from 'node:timers/promises';

const INTERVAL_MS = 100;

/** Rejects with the last problem when the time is over, and when the signal is aborted. A question that cannot be answered is a problem like any other. */
export async function poll(
  problem: () => Promise<string | null>,
  limitMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    signal?.throwIfAborted();
    const found = await problem().catch((cause: Error) => cause.message);
    if (found === null) return;
    if (performance.now() >= endMs) throw new Error(`${found}, ${limitMs / 1000} s long`);
    await pause(INTERVAL_MS);
  }
}

/** Asks of one after the other; `null` when nothing is wrong with any of them. */
export async function firstWrong<T>(
  all: readonly T[],
  problem: (each: T) => Promise<string | null>,
): Promise<string | null> {
  for (const each of all) {
    const found = await problem(each);
    if (found !== null) return found;
  }
  return null;
}
