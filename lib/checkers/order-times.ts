// How long each submitted order took, as an interval: one that failed, was lost or never seen final took for ever; one cut by a stop took at least its age.

import { progressOf } from '../model/order.ts';
import { Samples } from '../stats/samples.ts';
import type { Evidence, OrderRecord } from './evidence.ts';
import { fatesOf, type OrderFate } from './fates.ts';
import { oncePerEvidence } from './once.ts';
import { loadsOf } from './stage-loads.ts';
import { isCensored, stopOf } from './stop.ts';

/** Milliseconds, one entry per order; `least` and `most` differ where the order's end is not known, both are infinite where it had none. */
export interface Intervals {
  readonly leastMs: Samples;
  readonly mostMs: Samples;
}

export interface StageTimes {
  /** Every order submitted. */
  readonly all: Population;
  /** Those that began while nine tenths of the stage's level were in flow. */
  readonly atLevel: Population;
}

export interface Population {
  /** Which order the entries are of. */
  readonly orders: readonly Pick<OrderRecord, 'key' | 'orderId'>[];
  /** From the submitting call to the first read that was final. */
  readonly completion: Intervals;
  /** The same, and the steps before it, without the shopper's pauses. */
  readonly flow: Intervals;
  /** Between the last read that was not final and the first that was: by so much the completion may be shorter than measured. */
  readonly pollGapsMs: Samples;
}

/** Times of every order submitted, by the stage in which it began. */
export const orderTimesOf = oncePerEvidence((evidence: Evidence): ReadonlyMap<string, StageTimes> => {
  const stages = new Map<string, { readonly all: GrowingPopulation; readonly atLevel: GrowingPopulation }>();
  const stopMs = stopOf(evidence);
  const { atLevel } = loadsOf(evidence);
  for (const [index, fate] of fatesOf(evidence).entries()) {
    const { order } = fate;
    if (order.submittedMs === null) continue;
    const times = stages.get(order.stage) ?? { all: nobody(), atLevel: nobody() };
    stages.set(order.stage, times);
    const interval = completionOf(fate, order.submittedMs, stopMs);
    add(times.all, order, order.submittedMs, interval);
    if (atLevel[index] === 1) add(times.atLevel, order, order.submittedMs, interval);
  }
  return stages;
});

type GrowingPopulation = Population & { readonly orders: OrderRecord[] };

/** A stage without orders. */
export function noTimes(): StageTimes {
  return { all: nobody(), atLevel: nobody() };
}

function nobody(): GrowingPopulation {
  const none = (): Intervals => ({ leastMs: new Samples(), mostMs: new Samples() });
  return { orders: [], completion: none(), flow: none(), pollGapsMs: new Samples() };
}

function add(
  to: GrowingPopulation,
  order: OrderRecord,
  submittedMs: number,
  { leastMs, mostMs }: { readonly leastMs: number; readonly mostMs: number },
): void {
  to.orders.push(order);
  push(to.completion, leastMs, mostMs);
  push(to.flow, leastMs + order.stepsMs, mostMs + order.stepsMs);
  const { firstFinalReadMs, lastOpenReadMs } = order;
  if (firstFinalReadMs !== null) to.pollGapsMs.push(firstFinalReadMs - (lastOpenReadMs ?? submittedMs));
}

function push({ leastMs, mostMs }: Intervals, least: number, most: number): void {
  leastMs.push(least);
  mostMs.push(most);
}

const FOR_EVER = Number.POSITIVE_INFINITY;
const NEVER = { leastMs: FOR_EVER, mostMs: FOR_EVER };

function completionOf(
  { order, fate, seenMs }: OrderFate,
  submittedMs: number,
  stopMs: number | null,
): { readonly leastMs: number; readonly mostMs: number } {
  if (fate === 'failed' || fate === 'lost' || fate === 'refused' || fate === 'contradicted') return NEVER;
  const { firstFinalReadMs, lastOpenReadMs, status } = order;
  // A failure state that was seen first is no completion, though the order may have recovered since.
  const sawCompleted = status !== null && progressOf(status) === 'completed';
  if (firstFinalReadMs !== null && sawCompleted && (fate === 'completed' || fate === 'unread')) {
    const tookMs = firstFinalReadMs - submittedMs;
    return { leastMs: tookMs, mostMs: fate === 'completed' ? tookMs : FOR_EVER };
  }
  if (!isCensored(order, stopMs)) return NEVER;
  const seenOpenMs = fate === 'stuck' ? seenMs : null;
  const openUntilMs = Math.max(stopMs ?? submittedMs, lastOpenReadMs ?? submittedMs, seenOpenMs ?? submittedMs);
  return { leastMs: Math.max(0, openUntilMs - submittedMs), mostMs: FOR_EVER };
}
