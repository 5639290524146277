// Whether the suite waited for the orders before it read them: until all were final, or for the whole stuck time.

import type { Checker } from './checker.ts';
import { duration } from './wording.ts';

export const settled: Checker = ({ run }) => {
  const common = { id: 'settled', kind: 'measurement' as const, promised: true };
  if (run.settle === null) {
    return [{ ...common, status: 'inconclusive', message: 'the suite did not wait for the orders to become final' }];
  }
  const { startedMs, endedMs, allFinal } = run.settle;
  const waitedMs = endedMs - startedMs;
  const { stuckAfterMs } = run.profile;
  if (allFinal) return [{ ...common, status: 'pass', message: `all orders were at rest after ${duration(waitedMs)}` }];
  if (waitedMs >= stuckAfterMs) {
    const message = `the wait was long enough: the whole ${duration(stuckAfterMs)}, after which what is not final is stuck; not all orders were final then`;
    return [{ ...common, status: 'pass', message }];
  }
  const message = `waited ${duration(waitedMs)} of ${duration(stuckAfterMs)}, and not all orders were final`;
  return [{ ...common, status: 'inconclusive', message }];
};
