// Order completion time and flow time (S1-ORDER-*, S1-FLOW-*): judged per stage over every order submitted in it.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import type { Json } from '../model/history.ts';
import { percentileOf } from '../stats/percentile.ts';
import { holds } from '../stats/rate.ts';
import type { Judgement } from '../stats/share.ts';
import { boundsOn, type Checker, isPromisedStage, listed, ofBound, stageNames } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { type Intervals, noTimes, orderTimesOf, type StageTimes } from './order-times.ts';
import { figuresOf, judgePercentile, measure, sayPercentile } from './percentile-bound.ts';

/** Judges the bounds on `order_completion_time`. */
export const orderCompletionTime: Checker = (evidence, bounds) =>
  judgeStages(evidence, boundsOn('order_completion_time', bounds, evidence.run), (times) => times.completion);

/** Judges the bounds on `order_flow_time`. */
export const orderFlowTime: Checker = (evidence, bounds) =>
  judgeStages(evidence, boundsOn('order_flow_time', bounds, evidence.run), (times) => times.flow);

function judgeStages(evidence: Evidence, bounds: readonly Bound[], pick: (times: StageTimes) => Intervals): Finding[] {
  const stages = orderTimesOf(evidence);
  return stageNames(evidence).flatMap((stage) =>
    bounds.map((bound) => judgeStage(evidence, bound, stage, stages.get(stage) ?? noTimes(), pick)),
  );
}

function judgeStage(
  { run }: Evidence,
  bound: Bound,
  stage: string,
  times: StageTimes,
  pick: (times: StageTimes) => Intervals,
): Finding {
  const measured = measure(bound, pick(times), 'order');
  const status = judgePercentile(bound, measured.above);
  return {
    ...ofBound(bound),
    kind: 'bound',
    status,
    promised: isPromisedStage(run, stage),
    stage,
    message: sayPercentile(bound, measured, status),
    ...figuresOf(measured),
    evidence: evidenceOf(bound, times, pick(times), status),
  };
}

function evidenceOf(bound: Bound, { orders, pollGapsMs }: StageTimes, times: Intervals, status: Judgement): Json {
  const least = times.leastMs.values();
  const most = times.mostMs.values();
  const gaps = pollGapsMs.sorted();
  const slower = orders.filter((_, index) => !holds(most[index] ?? 0, bound.comparison, bound.limit));
  return {
    withoutEnd: least.filter((ms) => ms === Number.POSITIVE_INFINITY).length,
    cutByStop: least.filter((ms, index) => ms !== most[index]).length,
    pollUncertaintyMs: { p50: percentileOf(gaps, 50), max: percentileOf(gaps, 100) },
    ...(status === 'fail' ? { slower: listed(slower.map(({ key, orderId }) => ({ key, orderId }))) } : {}),
  };
}
