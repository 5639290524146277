// How long the platform took to be well again after each fault, and whether it stayed so: S5-MTTR, S1-RTO, S4-RTO, and the embedded platform's own bound.

import type { Bound } from '../../model/bound.ts';
import type { Finding } from '../../model/finding.ts';
import { holds } from '../../stats/rate.ts';
import { boundsOn, type Checker, ofBound } from '../checker.ts';
import type { Evidence } from '../evidence.ts';
import type { FaultRecord } from '../faults/fault-record.ts';
import { duration, some } from '../wording.ts';
import { type FaultRecovery, probesOf, recoveriesOf } from './fault-recovery.ts';
import type { Outage } from './outages.ts';

/** Judges the bounds on `recovery_time`, and on `embedded_recovery_time` where the target is the embedded platform. */
export const recoveryTime: Checker = (evidence, bounds) => [
  ...boundsOn('recovery_time', bounds, evidence.run).flatMap((bound) => judgeFaults(evidence, bound, judgeRecovery)),
  ...boundsOn('embedded_recovery_time', bounds, evidence.run).flatMap((bound) =>
    evidence.run.target.embedded ? judgeFaults(evidence, bound, judgeRecovery) : [notEmbedded(bound)],
  ),
];

/** Judges the bounds on `relapse_time`: an outage after the recovery, without another fault. */
export const relapse: Checker = (evidence, bounds) =>
  boundsOn('relapse_time', bounds, evidence.run).flatMap((bound) => judgeFaults(evidence, bound, judgeRelapse));

type Judged = Pick<Finding, 'status' | 'message' | 'observed' | 'evidence'>;

function judgeFaults(
  evidence: Evidence,
  bound: Bound,
  judge: (recovery: FaultRecovery, bound: Bound) => Judged,
): readonly Finding[] {
  const common = { ...ofBound(bound), kind: 'recovery' as const, promised: true };
  const recoveries = recoveriesOf(evidence);
  if (recoveries.length > 0) {
    return recoveries.map((recovery) => ({ ...common, fault: recovery.fault.key, ...judge(recovery, bound) }));
  }
  const why = probesOf(evidence) === null ? 'nobody probed the platform' : 'no fault struck';
  return [{ ...common, status: 'inconclusive', message: `cannot be judged: ${why}` }];
}

function notEmbedded(bound: Bound): Finding {
  const message = 'not measured: this bound is for the embedded platform alone';
  return { ...ofBound(bound), kind: 'recovery', status: 'not-measured', promised: false, message };
}

function judgeRecovery(recovery: FaultRecovery, bound: Bound): Judged {
  const { fault, referenceMs, recoveredMs, watchedUntilMs } = recovery;
  if (referenceMs === null)
    return { status: 'inconclusive', message: 'it was never healed, so there was nothing to recover from' };
  const since = sinceWhen(fault);
  const limit = `bound ${bound.comparison} ${duration(bound.limit)}`;
  // Not seen well by the end: it took longer than it was watched, unless it was well all the time that was left.
  const lastMs = (recoveredMs ?? quietSince(recovery, referenceMs) ?? watchedUntilMs) - referenceMs;
  const tookMs = Math.max(recovery.longestBeforeMs, lastMs);
  const shown = { observed: tookMs, evidence: { outages: recovery.outages.map(shownOutage) } };
  if (!recovery.isWatched)
    return { ...shown, status: 'inconclusive', message: 'cannot be judged: the probe did not come all the time' };
  const inTime = recoveredMs === null ? 'inconclusive' : 'pass';
  const status = holds(tookMs, bound.comparison, bound.limit) ? inTime : 'fail';
  const common = { ...shown, status } as const;
  if (recoveredMs !== null)
    return { ...common, message: `well ${duration(tookMs)} after ${since}, ${limit}: ${feltAs(recovery)}` };
  const watchedMs = watchedUntilMs - referenceMs;
  const end =
    status === 'fail'
      ? `not well ${duration(watchedMs)} after ${since}`
      : `the load or the calm ended ${duration(watchedMs)} after ${since}, before it was well for the settle time`;
  return { ...common, message: `${end}, ${limit}: ${feltAs(recovery)}` };
}

function sinceWhen({ lasting, strikesMs }: FaultRecord): string {
  if (lasting) return 'healing began';
  return strikesMs.length > 1 ? `the slowest of ${some(strikesMs.length, 'strike')}` : 'it struck';
}

/** Since when no probe has broken up to the end of the watch; `null` when they still did. */
function quietSince({ outages }: FaultRecovery, referenceMs: number): number | null {
  const last = outages.at(-1);
  const quietMs = last === undefined ? referenceMs : (last.toMs ?? last.quietMs);
  return quietMs === null ? null : Math.max(quietMs, referenceMs);
}

function judgeRelapse(recovery: FaultRecovery, bound: Bound): Judged {
  const { recoveredMs, relapsedMs, isWatched, isWatchedAfterwards, wasUnsteady } = recovery;
  if (recoveredMs === null || !isWatched) return { status: 'inconclusive', message: 'it was not seen to recover' };
  const kept = holds(relapsedMs, bound.comparison, bound.limit);
  if (!kept && !isWatchedAfterwards) {
    const message = `broken probes for ${duration(relapsedMs)} after it had recovered, but the probe did not come all the time`;
    return { status: 'inconclusive', message, observed: relapsedMs };
  }
  const before = wasUnsteady ? '; but so it was before anything was struck' : '';
  const again = `out of order again for ${duration(relapsedMs)}, bound ${bound.comparison} ${duration(bound.limit)}`;
  const message = relapsedMs === 0 ? 'it stayed well' : `after it had recovered it was ${again}${before}`;
  return {
    status: kept ? 'pass' : wasUnsteady ? 'inconclusive' : 'fail',
    message,
    observed: relapsedMs,
    evidence: { outages: recovery.outages.map(shownOutage) },
  };
}

function feltAs({ outages, fault }: FaultRecovery): string {
  const [first] = outages;
  if (first === undefined) return 'no probe broke';
  const broken = outages.reduce((sum, { brokenProbes }) => sum + brokenProbes, 0);
  const when =
    first.detectedMs < fault.struckMs
      ? `already ${duration(fault.struckMs - first.detectedMs)} before the strike`
      : `${duration(Math.max(0, first.fromMs - fault.struckMs))} after the strike`;
  return `${broken} probes broke, the first ${when} (${wordsOf(first)})`;
}

function wordsOf({ step, code }: Outage): string {
  return [step, code].filter((word) => word !== null).join(': ') || 'without a reason';
}

function shownOutage({ fromMs, toMs, quietMs, brokenProbes, step, code }: Outage) {
  return { fromMs, toMs, quietMs, brokenProbes, step, code };
}
