// Every promised number, once. Checkers, generated k6 thresholds, reports and waivers all take it from here.

import { type Bound, CUSTOMERS, type Customer } from './lib/model/bound.ts';

/** Profiles that drive the platform as its promise was made for; `burst` does not, and promises only that nothing is lost, duplicated or stuck. */
const GATES = ['smoke', 'quick', 'nightly', 'launch'] as const;

const everyOrderOfTheStage = {
  comparison: '<',
  unit: 'ms',
  scope: 'stage',
  promisedBy: GATES,
  promisedTo: ['S1'],
} as const;

/** Percentiles need no minimum of their own: the share rule (lib/stats/share.ts) tells when there are enough (p90: 29, p98: 149). */
const byShareRule = { minimumSamples: 1 } as const;

const never = {
  comparison: '==',
  limit: 0,
  unit: 'orders',
  minimumSamples: 1,
  scope: 'run',
  promisedBy: [...GATES, 'burst', 'gameday'],
  promisedTo: CUSTOMERS,
} as const;

/** Promised by the runs of `stampede durability` alone: no gate follows single messages. */
const neverAMessage = {
  aggregate: { count: 'total' },
  comparison: '==',
  limit: 0,
  unit: 'messages',
  minimumSamples: 1,
  scope: 'run',
  promisedBy: ['durability-backlog', 'durability-streaming'],
  promisedTo: CUSTOMERS,
} as const;

/** Promised to every platform: what a gate sees beside its orders while nothing is broken on purpose. */
const calm = { minimumSamples: 1, scope: 'run', promisedBy: GATES, promisedTo: CUSTOMERS } as const;

/** From heal for a fault that lasts, from inject for one that is over at once, until no probe breaks for the settle time; each fault by itself. */
const recovery = { comparison: '<', unit: 'ms', minimumSamples: 1, scope: 'run', promisedBy: ['gameday'] } as const;
const HOUR_MS = 3_600_000;

function recovers(id: string, limit: number, promisedTo: readonly Customer[], why: string): Bound {
  return { id, metric: 'recovery_time', aggregate: { max: 'value' }, limit, source: id, why, ...recovery, promisedTo };
}

const errors = {
  aggregate: { share: 'failed' },
  comparison: '<',
  unit: 'ratio',
  scope: 'stage',
  promisedBy: GATES,
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
    limit: 0.01,
    source: 'S1-ERRORS',
    why: 'A shopper meets an error in less than one of a hundred calls, whichever call it is.',
    minimumSamples: 100,
    promisedTo: ['S1', 'S3', 'S4'],
    ...errors,
  },
  {
    id: 'S1-ERRORS-ORDERS',
    metric: 'order_failed',
    limit: 0.01,
    source: 'S1-ERRORS',
    why: 'The workload orders only what is in stock and pays with a good card, so an order that ends failed is an error.',
    minimumSamples: 100,
    promisedTo: CUSTOMERS,
    ...errors,
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
    id: 'S1-DURABLE-MESSAGES',
    metric: 'messages_lost',
    source: 'S1-DURABLE',
    why: 'What the broker has confirmed it keeps, whichever node of it dies: a single lost message fails a run.',
    ...neverAMessage,
  },
  {
    id: 'S1-DUP-MESSAGES',
    metric: 'messages_duplicated',
    source: 'S1-DUP',
    why: 'A message that comes again says so, or its consumer cannot tell a repetition from a second order.',
    ...neverAMessage,
  },
  {
    id: 'S1-STUCK',
    metric: 'orders_stuck',
    aggregate: { count: 'total' },
    source: 'S1-STUCK',
    why: 'Every saga ends: one that is not final after the stuck time of the profile will not end by itself.',
    ...never,
  },
  {
    id: 'S1-BACKLOG',
    metric: 'backlog_drain_time',
    aggregate: { max: 'value' },
    comparison: '<=',
    limit: 60_000,
    unit: 'ms',
    source: 'S1-CHECKS',
    why: 'A platform that keeps up has worked off its queues a minute after the last order.',
    ...calm,
  },
  {
    id: 'S1-DEADLOCKS',
    metric: 'deadlocks',
    aggregate: { count: 'total' },
    comparison: '==',
    limit: 0,
    unit: 'deadlocks',
    source: 'S1-CHECKS',
    why: 'A deadlock is a mistake in the order of locks: it costs a retry today and an outage at the next level of load.',
    ...calm,
  },
  {
    id: 'S1-DLQ',
    metric: 'dead_letter_depth',
    aggregate: { max: 'value' },
    comparison: '<=',
    limit: 100,
    unit: 'messages',
    source: 'S1-DLQ',
    why: 'More dead letters than a person can look through mean that nobody does.',
    ...calm,
  },
  {
    id: 'S1-DLQ-NEW',
    metric: 'dead_letters_new',
    aggregate: { count: 'total' },
    comparison: '==',
    limit: 0,
    unit: 'messages',
    source: 'S1-DLQ',
    why: 'Where nothing is broken on purpose, every dead letter is a message that the platform could not handle.',
    ...calm,
  },
  recovers('S1-RTO', 4 * HOUR_MS, ['S1'], 'After a disaster orders are taken again within half a working day.'),
  recovers('S4-RTO', HOUR_MS, ['S4'], 'Orders are taken again within the hour.'),
  recovers('S5-MTTR', HOUR_MS / 4, ['S5'], 'When each recovery takes a quarter of an hour at most, so does the mean.'),
  {
    ...recovers('EMBEDDED-RECOVERY', 30_000, CUSTOMERS, 'It is small and restarts within seconds: longer is a defect.'),
    metric: 'embedded_recovery_time',
  },
  {
    ...recovers('STAYS-WELL', 1_000, CUSTOMERS, 'Who breaks again has not recovered; a single probe may be unlucky.'),
    metric: 'relapse_time',
  },
  {
    id: 'S2-API',
    metric: 'http_step_time',
    aggregate: { percentile: 95 },
    limit: 200,
    source: 'S2-API',
    why: 'The platform answers so fast that its users do not notice the network.',
    ...everyOrderOfTheStage,
    ...byShareRule,
    promisedTo: ['S2'],
  },
  {
    id: 'S2-ERR',
    metric: 'step_failed',
    limit: 0.001,
    source: 'S2-ERR',
    why: 'One call of a thousand may fail, whichever call it is.',
    minimumSamples: 1000,
    promisedTo: ['S2'],
    ...errors,
  },
  {
    id: 'S3-DB',
    metric: 'database_query_time',
    aggregate: { percentile: 95 },
    limit: 100,
    source: 'S3-DB',
    why: 'A query that takes longer holds its connection, and soon all of them.',
    ...everyOrderOfTheStage,
    ...byShareRule,
    promisedBy: [],
    promisedTo: ['S3'],
  },
  {
    id: 'S5-API',
    metric: 'http_step_time',
    aggregate: { percentile: 95 },
    limit: 200,
    source: 'S5-API',
    why: 'The platform answers as fast while something in it is broken as it does otherwise.',
    ...everyOrderOfTheStage,
    ...byShareRule,
    promisedTo: ['S5'],
  },
  {
    id: 'S5-ERR',
    metric: 'step_failed',
    limit: 0.001,
    source: 'S5-ERR',
    why: 'One call of a thousand may fail, whichever call it is.',
    minimumSamples: 1000,
    promisedTo: ['S5'],
    ...errors,
  },
];
