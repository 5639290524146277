// Waiting for something to become true, with a deadline.

import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is neither undefined nor false; gives it. Throws at the deadline, with the last failure as its cause. */
export async function poll<Answer>(
  what: string,
  ask: () => Answer | undefined | false | Promise<Answer | undefined | false>,
  limitMs = 20_000,
): Promise<Answer> {
  const deadline = performance.now() + limitMs;
  let cause: unknown;
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      cause = error;
    }
    await delay(50);
  }
  throw new Error(`${what}: not within ${limitMs} ms`, { cause });
}
