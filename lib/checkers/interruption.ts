// Whether the run went to the end of its plan, or was ended before by a person, a guard or the generator's death.

import { plannedLoadMs } from '../model/profile.ts';
import type { Checker } from './checker.ts';
import { duration } from './wording.ts';

/** k6 and the suite round differently; a load that is shorter than its plan by more than this was cut. */
const ROUNDING_MS = 1_000;

export const interruption: Checker = ({ run }) => {
  const common = { id: 'interruption', promised: true };
  if (run.interruption !== null) {
    const { by, reason } = run.interruption;
    const message = `the run ended before its plan did: ${reason}`;
    const unmeasured = by === 'generator-died' || by === 'gate';
    if (unmeasured) return [{ ...common, kind: 'measurement', status: 'inconclusive', message }];
    return [{ ...common, kind: 'stopped', status: 'fail', message }];
  }
  if (run.load === null)
    return [{ ...common, kind: 'measurement', status: 'inconclusive', message: 'no load was made' }];
  const tookMs = run.load.endedMs - run.load.startedMs;
  const plannedMs = plannedLoadMs(run.profile);
  if (tookMs + ROUNDING_MS < plannedMs) {
    const message = `the load ended after ${duration(tookMs)}, its plan is ${duration(plannedMs)} long`;
    return [{ ...common, kind: 'measurement', status: 'inconclusive', message }];
  }
  const length = plannedMs === 0 ? `${duration(tookMs)}, as long as it was needed` : `its ${duration(plannedMs)}`;
  return [{ ...common, kind: 'stopped', status: 'pass', message: `the load ran ${length}` }];
};
