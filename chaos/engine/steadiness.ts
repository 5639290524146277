// Gate and judge: waits until the system is in its steady state for so many windows in a row.

import type { Steadiness } from '../../lib/model/experiment.ts';
import { firstProblem } from './condition.ts';
import type { SteadyState } from './experiment.ts';
import { InARow } from './in-a-row.ts';
import type { LiveWindow } from './live-windows.ts';
import type { LoadWatch } from './load-watch.ts';

/** Resolves as soon as it is steady, or with the last problem when the signal is aborted. */
export function awaitSteady(
  watch: Pick<LoadWatch, 'onWindow'>,
  { conditions, forS, withinS }: SteadyState,
  { signal, nowMs }: { readonly signal: AbortSignal; readonly nowMs: () => number },
): Promise<Steadiness> {
  const sinceMs = nowMs();
  const good = new InARow();
  let problem = 'the load generator told nothing of a whole second';
  return new Promise((resolve) => {
    const end = (steady: boolean): void => {
      stopListening();
      signal.removeEventListener('abort', giveUp);
      resolve({ steady, sinceMs, timeMs: nowMs(), limitMs: withinS * 1000, problem: steady ? null : problem });
    };
    const giveUp = (): void => end(false);
    const stopListening = watch.onWindow((window: LiveWindow) => {
      const found = firstProblem(conditions, window);
      const inARow = good.take(window.endMs, found === null);
      problem = found ?? `steady for ${inARow} s, must be for ${forS} s`;
      if (inARow >= forS) end(true);
    });
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
}
