// Guards: notices while a fault is on that it does more harm than the experiment accepts.

import type { GuardBreak } from '../../lib/model/experiment.ts';
import { conditionProblem } from './condition.ts';
import type { Guard } from './experiment.ts';
import { InARow } from './in-a-row.ts';
import type { LiveWindow } from './live-windows.ts';
import type { LoadWatch } from './load-watch.ts';

/** Calls `onBreak` once, for the first guard that breaks. Gives the function that ends the watch. */
export function watchGuards(
  watch: Pick<LoadWatch, 'onWindow'>,
  guards: readonly Guard[],
  { nowMs, onBreak }: { readonly nowMs: () => number; readonly onBreak: (broken: GuardBreak) => void },
): () => void {
  const watched = guards.map((guard) => ({ guard, bad: new InARow() }));
  const stop = watch.onWindow((window: LiveWindow) => {
    const told = watched.map(({ guard, bad }) => {
      const inARow = bad.take(window.endMs, conditionProblem(guard, window) !== null);
      return { guard, inARow };
    });
    const broken = told.find(({ guard, inARow }) => inARow >= guard.forS)?.guard;
    if (broken === undefined) return;
    stop();
    const problem = conditionProblem(broken, window);
    onBreak({ message: `${problem}, for ${broken.forS} s in a row`, windowEndMs: window.endMs, seenMs: nowMs() });
  });
  return stop;
}
