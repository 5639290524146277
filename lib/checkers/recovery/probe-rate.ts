// Whether the probes came as they were due: without them nobody knows from when to when the platform worked.

import { plannedLoadMs } from '../../model/profile.ts';
import type { Checker } from '../checker.ts';
import { count, duration, some } from '../wording.ts';
import { probesOf } from './fault-recovery.ts';

/** k6 begins no probe that it cannot begin in time; so many of those that were due must have begun. */
const BEGUN_SHARE = 0.95;

export const probeRate: Checker = (evidence) => {
  const { run, history } = evidence;
  const { probe } = run.profile;
  if (probe === undefined) return [];
  const common = { id: 'probe-rate', kind: 'measurement' as const, promised: true, samples: history.probes.length };
  const view = probesOf(evidence);
  if (view === null) return [{ ...common, status: 'inconclusive', message: 'no probe was begun' }];
  const plannedMs = run.interruption === null ? plannedLoadMs(run.profile) : view.untilMs - view.fromMs;
  const due = Math.floor((plannedMs / 1000) * probe.rateHz);
  const begun = `${count(history.probes.length)} of ${some(due, 'probe')} begun`;
  const [gap] = view.gaps;
  if (gap !== undefined) {
    const message = `${begun}, and none for ${duration(gap.toMs - gap.fromMs)}: give the generator more processor`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  if (history.probes.length < due * BEGUN_SHARE) {
    return [{ ...common, status: 'inconclusive', message: `only ${begun}: give the generator more processor` }];
  }
  return [{ ...common, status: 'pass', message: begun }];
};
