// Order completion time and flow time (S1-ORDER-*, S1-FLOW-*): judged per stage over every order submitted in it and, apart, over those that began at its level.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import type { Json } from '../model/history.ts';
import { percentileOf } from '../stats/percentile.ts';
import { holds } from '../stats/rate.ts';
import type { Judgement } from '../stats/share.ts';
import { boundsOn, type Checker, isPromisedStage, listed, ofBound, stageNames } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { type Intervals, noTimes, orderTimesOf, type Population } from './order-times.ts';
import { figuresOf, judgePercentile, measure, sayPercentile } from './percentile-bound.ts';

/** Judges the bounds on `order_completion_time`. */
export const orderCompletionTime: Checker = (evidence, bounds) =>
  judgeStages(evidence, boundsOn('order_completion_time', bounds, evidence.run), (orders) => orders.completion);

/** Judges the bounds on `order_flow_time`. */
export const orderFlowTime: Checker = (evidence, bounds) =>
  judgeStages(evidence, boundsOn('order_flow_time', bounds, evidence.run), (orders) => orders.flow);

function judgeStages(evidence: Evidence, bounds: readonly Bound[], pick: (orders: Population) => Intervals): Finding[] {
  const stages = orderTimesOf(evidence);
  return stageNames(evidence).flatMap((stage) => {
    const { all, atLevel } = stages.get(stage) ?? noTimes();
    const promised = isPromisedStage(evidence.run, stage);
    return bounds.flatMap((bound) => [
      { ...judgeOrders(bound, all, pick), promised, stage },
      ...(atLevel.orders.length === 0 ? [] : [atLevelFinding(stage, judgeOrders(bound, atLevel, pick))]),
    ]);
  });
}

type Judged = Omit<Finding, 'promised' | 'stage'>;

/** Too few orders at the level leave nothing open, for all of the stage's orders are judged beside it; too many slow ones break the bound. */
function atLevelFinding(stage: string, judged: Judged): Finding {
  return { ...judged, promised: false, stage, population: 'at-level' };
}

function judgeOrders(bound: Bound, orders: Population, pick: (orders: Population) => Intervals): Judged {
  const measured = measure(bound, pick(orders), 'order');
  const status = judgePercentile(bound, measured.above);
  return {
    ...ofBound(bound),
    kind: 'bound',
    status,
    message: sayPercentile(bound, measured, status),
    ...figuresOf(measured),
    evidence: evidenceOf(bound, orders, pick(orders), status),
  };
}

function evidenceOf(bound: Bound, { orders, pollGapsMs }: Population, times: Intervals, status: Judgement): Json {
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
