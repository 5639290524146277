// How long each submitted order took, as an interval: one that failed, was lost or never seen final took for ever; one cut by a stop took at least its age.

import type { Evidence } from './evidence.ts';
import { fatesOf, type OrderFate } from './fates.ts';
import { oncePerEvidence } from './once.ts';
import { isCensored, stopOf } from './stop.ts';

/** Milliseconds. `leastMs` and `mostMs` differ when the order's end is not known; both are infinite when it had none. */
export interface OrderTime {
  readonly key: string;
  readonly leastMs: number;
  readonly mostMs: number;
}

export interface StageTimes {
  /** From the submitting call to the first read that was final. */
  readonly completion: readonly OrderTime[];
  /** The same, and the steps before it, without the shopper's pauses. */
  readonly flow: readonly OrderTime[];
  /** Between the last read that was not final and the first that was: by so much the completion may be shorter than measured. */
  readonly pollGapsMs: readonly number[];
}

/** Times of every order submitted, by the stage in which it began. */
export const orderTimesOf = oncePerEvidence((evidence: Evidence): ReadonlyMap<string, StageTimes> => {
  const stages = new Map<string, MutableTimes>();
  const stopMs = stopOf(evidence);
  for (const fate of fatesOf(evidence)) {
    const time = completionOf(fate, stopMs);
    if (time !== null) addTo(stages, fate.order, time);
  }
  return stages;
});

interface MutableTimes {
  readonly completion: OrderTime[];
  readonly flow: OrderTime[];
  readonly pollGapsMs: number[];
}

const FOR_EVER = Number.POSITIVE_INFINITY;

function addTo(stages: Map<string, MutableTimes>, order: OrderFate['order'], time: OrderTime): void {
  const times = stages.get(order.stage) ?? { completion: [], flow: [], pollGapsMs: [] };
  stages.set(order.stage, times);
  const { key, leastMs, mostMs } = time;
  times.completion.push(time);
  times.flow.push({ key, leastMs: leastMs + order.stepsMs, mostMs: mostMs + order.stepsMs });
  const { firstFinalReadMs, lastOpenReadMs, submittedMs } = order;
  if (firstFinalReadMs !== null) times.pollGapsMs.push(firstFinalReadMs - (lastOpenReadMs ?? submittedMs ?? 0));
}

/** `null` for an order that was never submitted. */
function completionOf({ order, fate, sight }: OrderFate, stopMs: number | null): OrderTime | null {
  const { key, submittedMs, firstFinalReadMs } = order;
  if (submittedMs === null) return null;
  const never = { key, leastMs: FOR_EVER, mostMs: FOR_EVER };
  if (fate === 'failed' || fate === 'lost' || fate === 'refused' || fate === 'contradicted') return never;
  if (firstFinalReadMs !== null && (fate === 'completed' || fate === 'unread')) {
    const tookMs = firstFinalReadMs - submittedMs;
    return { key, leastMs: tookMs, mostMs: fate === 'completed' ? tookMs : FOR_EVER };
  }
  if (!isCensored(order, stopMs)) return never;
  const openUntilMs = Math.max(stopMs ?? submittedMs, order.lastOpenReadMs ?? submittedMs, submittedMs);
  const seenOpenMs = fate === 'stuck' && sight.seenMs !== null ? sight.seenMs : submittedMs;
  return { key, leastMs: Math.max(openUntilMs, seenOpenMs) - submittedMs, mostMs: FOR_EVER };
}
