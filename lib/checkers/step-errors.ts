// Failed requests per step and stage (S1-ERRORS); the worst step decides, and status polls are judged apart so that they dilute nothing.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { AWAIT } from '../model/history.ts';
import { judgeRate } from '../stats/rate.ts';
import type { CountAbove, Judgement } from '../stats/share.ts';
import { boundsOn, type Checker, isPromisedStage, ofBound, stageNames } from './checker.ts';
import type { Evidence, StageTally, StepTally } from './evidence.ts';
import { sayRate } from './rate-bound.ts';
import { doubtful, judgedSteps, worstOf } from './steps.ts';
import { stopOf } from './stop.ts';
import { count } from './wording.ts';

const ERRORS_SHOWN = 3;

export const stepErrors: Checker = (evidence, bounds) => {
  const stopped = stopOf(evidence) !== null;
  return stageNames(evidence).flatMap((stage) =>
    boundsOn('step_failed', bounds, evidence.run).flatMap((bound) => [
      judgeSteps(evidence, bound, stage, stopped),
      ...judgePolls(bound, stage, evidence.history.stages.get(stage)),
    ]),
  );
};

function judgeSteps({ run, history }: Evidence, bound: Bound, stage: string, stopped: boolean): Finding {
  const steps = judgedSteps(history.stages.get(stage)).map(({ step, tally, everyOrder }) => {
    const failures = failuresOf(tally, stopped);
    return { step, tally, everyOrder, failures, status: judgeRate(failures, bound) };
  });
  const common = { ...ofBound(bound), kind: 'bound' as const, promised: isPromisedStage(run, stage), stage };
  const worst = worstOf(steps, ({ failures }) => failures.high / failures.of);
  if (worst === undefined) {
    return { ...common, status: 'inconclusive', message: 'no request was made in this stage', samples: 0 };
  }
  const judged = figures(bound, worst.failures, worst.status);
  return {
    ...common,
    ...judged,
    message: `${judged.message}${answersOf(worst.tally)}`,
    step: worst.step,
    evidence: Object.fromEntries(steps.map(({ step, tally }) => [step, countsOf(tally)])),
  };
}

function failuresOf(tally: StepTally, stopped: boolean): CountAbove {
  const failed = tally.begun - tally.ok;
  return { low: failed - (stopped ? doubtful(tally) : 0), high: failed, of: tally.begun };
}

/** What the failed ones met with, the most frequent first: ` (http_500 × 12, timeout × 3)`. */
function answersOf({ errors }: StepTally): string {
  const most = [...errors].toSorted(([, a], [, b]) => b - a).slice(0, ERRORS_SHOWN);
  return most.length === 0 ? '' : ` (${most.map(([code, times]) => `${code} × ${count(times)}`).join(', ')})`;
}

function countsOf({ begun, ok, fail, info, open, errors }: StepTally) {
  return { begun, ok, fail, info, open, errors: Object.fromEntries(errors) };
}

/** Polls are few where orders are quick, so too few of them leave nothing open; too many failed ones still break the bound. */
function judgePolls(bound: Bound, stage: string, tally: StageTally | undefined): Finding[] {
  if (tally === undefined || tally.polls.reads === 0) return [];
  const { reads, failed } = tally.polls;
  const failures = { low: failed, high: failed, of: reads };
  const common = { ...ofBound(bound), kind: 'bound' as const, promised: false, stage, step: AWAIT };
  return [{ ...common, ...figures(bound, failures, judgeRate(failures, bound)) }];
}

function figures(bound: Bound, failures: CountAbove, status: Judgement) {
  const message = sayRate(bound, failures, status, { noun: 'request', verb: 'failed' });
  return { status, message, samples: failures.of, observed: failures.high / failures.of };
}
