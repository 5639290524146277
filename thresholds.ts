// Every promised number, once. Checkers, generated k6 thresholds, reports and waivers all take it from here.

import type { Bound } from './lib/model/bound.ts';

/** Profiles that drive the platform as its promise was made for; `burst` does not, and promises only that nothing is lost, duplicated or stuck. */
const GATES = ['smoke', 'quick', 'nightly', 'launch'] as const;

const everyOrderOfTheStage = { comparison: '<', unit: 'ms', scope: 'stage', promisedBy: GATES } as const;

/** Percentiles need no minimum of their own: the share rule (lib/stats/share.ts) tells when there are enough (p90: 29, p98: 149). */
const byShareRule = { minimumSamples: 1 } as const;

const never = {
  comparison: '==',
  limit: 0,
  unit: 'orders',
  minimumSamples: 1,
  scope: 'run',
  promisedBy: [...GATES, 'burst'],
} as const;

export const bounds: readonly Bound[] = [
  {
    id: 'S1-ORDER-P90',
    metric: 'order_completion_time',
    aggregate: { percentile: 90 },
    limit: 5_000,
    source: 'S1-ORDER-P90',
    why: 'Nine of ten customers see their order settled before they leave the page.',
    ...everyOrderOfTheStage,
    ...byShareRule,
  },
  {
    id: 'S1-ORDER-P98',
    metric: 'order_completion_time',
    aggregate: { percentile: 98 },
    limit: 10_000,
    source: 'S1-ORDER-P98',
    why: 'A customer who waits longer than ten seconds orders again or gives up.',
    ...everyOrderOfTheStage,
    ...byShareRule,
  },
  {
    id: 'S1-FLOW-P90',
    metric: 'order_flow_time',
    aggregate: { percentile: 90 },
    limit: 5_000,
    source: 'S1-ORDER-P90',
    why: 'The whole flow from the first cart call, without think time, is held to the bound of its last step.',
    ...everyOrderOfTheStage,
    ...byShareRule,
  },
  {
    id: 'S1-FLOW-P98',
    metric: 'order_flow_time',
    aggregate: { percentile: 98 },
    limit: 10_000,
    source: 'S1-ORDER-P98',
    why: 'The whole flow from the first cart call, without think time, is held to the bound of its last step.',
    ...everyOrderOfTheStage,
    ...byShareRule,
  },
  {
    id: 'S1-HTTP-P90',
    metric: 'http_step_time',
    aggregate: { percentile: 90 },
    limit: 5_000,
    source: 'S1-HTTP-P90',
    why: 'No single call may take as long as the whole order is allowed to.',
    ...everyOrderOfTheStage,
    ...byShareRule,
  },
  {
    id: 'S1-HTTP-P98',
    metric: 'http_step_time',
    aggregate: { percentile: 98 },
    limit: 10_000,
    source: 'S1-HTTP-P98',
    why: 'No single call may take as long as the whole order is allowed to.',
    ...everyOrderOfTheStage,
    ...byShareRule,
  },
  {
    id: 'S1-ERRORS',
    metric: 'step_failed',
    aggregate: { share: 'failed' },
    comparison: '<',
    limit: 0.01,
    unit: 'ratio',
    source: 'S1-ERRORS',
    why: 'A shopper meets an error in less than one of a hundred calls, whichever call it is.',
    minimumSamples: 100,
    scope: 'stage',
    promisedBy: GATES,
  },
  {
    id: 'S1-ERRORS-ORDERS',
    metric: 'order_failed',
    aggregate: { share: 'failed' },
    comparison: '<',
    limit: 0.01,
    unit: 'ratio',
    source: 'S1-ERRORS',
    why: 'The workload orders only what is in stock and pays with a good card, so an order that ends failed is an error.',
    minimumSamples: 100,
    scope: 'stage',
    promisedBy: GATES,
  },
  {
    id: 'S1-DURABLE',
    metric: 'orders_lost',
    aggregate: { count: 'total' },
    source: 'S1-DURABLE',
    why: 'What the platform has acknowledged it keeps: a single lost order fails a run.',
    ...never,
  },
  {
    id: 'S1-DUP',
    metric: 'orders_duplicated',
    aggregate: { count: 'total' },
    source: 'S1-DUP',
    why: 'No customer pays twice, and no parcel is sent twice.',
    ...never,
  },
  {
    id: 'S1-STUCK',
    metric: 'orders_stuck',
    aggregate: { count: 'total' },
    source: 'S1-STUCK',
    why: 'Every saga ends: one that is not final after the stuck time of the profile will not end by itself.',
    ...never,
  },
];
