// Joins effects, which the platform keeps by its own order ids, with the orders of the run.

import type { Evidence, OrderRecord } from './evidence.ts';
import { oncePerEvidence } from './once.ts';

/** How often each effect happened to one order of the run. */
export interface OrderEffects {
  readonly order: OrderRecord;
  /** Count by kind; a kind that is not there happened never. */
  readonly counts: Readonly<Record<string, number>>;
}

/** The effects of every order that the platform's store knows; `null` when orders or effects were not read. */
export const effectsOf = oncePerEvidence(({ history, platform }: Evidence): readonly OrderEffects[] | null => {
  if (platform === null || platform.orders === null || platform.effects === null) return null;
  const { orders, effects } = platform;
  return Array.from(history.orders.values()).flatMap((order) => {
    const row = orders.get(order.key);
    return row === undefined ? [] : [{ order, counts: sumOf(row.orderIds.map((id) => effects.get(id) ?? {})) }];
  });
});

function sumOf(counts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  if (counts.length === 1 && counts[0] !== undefined) return counts[0];
  const sum: Record<string, number> = {};
  for (const [kind, times] of counts.flatMap(Object.entries)) sum[kind] = (sum[kind] ?? 0) + times;
  return sum;
}
