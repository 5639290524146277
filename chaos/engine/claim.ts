// One healer at a time for an intent, whether suite, watchdog or sweep: two would undo and look at each other's work.

import { acquireLock } from '../../lib/machine/lock.mjs';
import type { Ground } from '../targets/ground.ts';
import type { ActiveIntent } from './intent-files.ts';

/** A healer that has held an intent for so long after its time does not move any more (a stopped process): then two are better than none. */
const OVERTAKEN_AFTER_MS = 600_000;

/** Gives what the work gives; `null`, and nothing was done, when another process held the intent for all of `waitMs`. The claim of a process that dies is free. */
export async function whileClaimed<T>(
  { intentFolder }: Ground,
  { id, healAfterMs }: ActiveIntent,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T | null> {
  const release = await acquireLock(`heal ${intentFolder} ${id}`, { waitMs });
  if (release === null && Date.now() <= healAfterMs + OVERTAKEN_AFTER_MS) return null;
  try {
    return await work();
  } finally {
    await release?.();
  }
}
