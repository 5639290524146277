// For tests of limits: the clock by which they are kept runs a thousand times as fast.

import { vi } from 'vitest';

/** Pauses stay as they are, so only waits that end at a limit are cut short. */
export async function inFastTime<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['performance'] });
  const ticker = setInterval(() => vi.advanceTimersByTime(10_000), 10);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
    vi.useRealTimers();
  }
}
