// Guards: notices while a fault is on that it does more harm than the experiment accepts.

import type { GuardBreak } from '../../lib/model/experiment.ts';
import { conditionProblem } from './condition.ts';
import type { Guard } from './experiment.ts';
import type { LiveWindow } from './live-windows.ts';
import type { LoadWatch } from './load-watch.ts';

/** Calls `onBreak` once, for the first guard that breaks. Gives the function that ends the watch. */
export function watchGuards(
  watch: Pick<LoadWatch, 'onWindow'>,
  guards: readonly Guard[],
  { nowMs, onBreak }: { readonly nowMs: () => number; readonly onBreak: (broken: GuardBreak) => void },
): () => void {
  const inARow = guards.map(() => 0);
  const stop = watch.onWindow((window: LiveWindow) => {
    guards.forEach((guard, index) => {
      const problem = conditionProblem(guard, window);
      inARow[index] = problem === null ? 0 : (inARow[index] ?? 0) + 1;
    });
    const broken = guards.find((guard, index) => (inARow[index] ?? 0) >= guard.forS);
    if (broken === undefined) return;
    stop();
    const problem = conditionProblem(broken, window);
    onBreak({ message: `${problem}, for ${broken.forS} s in a row`, windowEndMs: window.endMs, seenMs: nowMs() });
  });
  return stop;
}
