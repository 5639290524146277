// Orders whose event the broker took, and which nothing can move any more: a message was lost behind the exchange.

import { BROKER_LAG_MS, QUEUE_DEPTH } from '../../model/evidence.ts';
import type { EffectKind } from '../../model/order.ts';
import type { Evidence, FoldedTapped } from '../evidence.ts';
import type { OrderFate } from '../fates.ts';
import { ordersWithEffects } from '../orders-with-effects.ts';
import { looksAt, sumOf } from '../watched.ts';

/**
 * Of the orders whose event was seen: those that are not final and lack the effect that it brings, while the platform's queues are empty and no
 * dead letter is theirs. None where one of these is not known: then a message may lie where nobody looked.
 */
export function swallowedOf(
  heard: readonly OrderFate[],
  brings: EffectKind,
  { deadLetters }: FoldedTapped,
  evidence: Evidence,
): readonly OrderFate[] {
  const effects = ordersWithEffects(evidence);
  if (effects === null || evidence.run.target.tap?.deadLetters !== true || !areQueuesEmpty(evidence)) return [];
  const buried = new Set(deadLetters.map(({ orderId }) => orderId));
  return heard.filter(({ order, fate }) => {
    const happened = effects.get(order.key)?.effects[brings] ?? 0;
    return fate === 'stuck' && happened === 0 && !buried.has(order.orderId);
  });
}

function areQueuesEmpty(evidence: Evidence): boolean {
  const endedMs = evidence.run.load?.endedMs ?? Number.POSITIVE_INFINITY;
  const last = looksAt(QUEUE_DEPTH, evidence).at(-1);
  return last !== undefined && last.timeMs >= endedMs + BROKER_LAG_MS && sumOf(last) === 0;
}
