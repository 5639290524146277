// By which aggregate each metric is judged: a bound that asks for another one would be judged by this one, or by none.

import type { Bound } from '../model/bound.ts';

type AggregateKind = 'percentile' | 'share' | 'count' | 'max';

const JUDGED_BY: Readonly<Record<string, AggregateKind>> = {
  order_completion_time: 'percentile',
  order_flow_time: 'percentile',
  http_step_time: 'percentile',
  step_failed: 'share',
  order_failed: 'share',
  orders_lost: 'count',
  orders_duplicated: 'count',
  orders_stuck: 'count',
  messages_lost: 'count',
  messages_duplicated: 'count',
  backlog_drain_time: 'max',
  dead_letter_depth: 'max',
  dead_letters_new: 'count',
  deadlocks: 'count',
  recovery_time: 'max',
  embedded_recovery_time: 'max',
  relapse_time: 'max',
};

/** A single one fails every run, whatever a bound says. */
const NEVER = ['orders_lost', 'orders_duplicated'];

/** What is wrong with the bound's aggregate, or `null`. A metric that is not known here is left to the verdict: nothing measures it. */
export function aggregateComplaint({ metric, aggregate, comparison, limit }: Bound): string | null {
  if (NEVER.includes(metric) && (comparison !== '==' || limit !== 0)) return `${metric} allows none: give == 0`;
  const judged = JUDGED_BY[metric];
  if (judged === undefined || judged in aggregate) return null;
  return `${metric} is judged by a ${judged}, not by ${JSON.stringify(aggregate)}`;
}
