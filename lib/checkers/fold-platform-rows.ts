// Folds the rows that the target's own queries gave, as they stand in effects.ndjson.

import type { EffectRow, EffectsLine, OrderRow, QueryEnd, TotalName, TotalRow } from '../model/evidence.ts';
import type { PlatformOrder, PlatformRows } from './evidence.ts';

export class PlatformRowsFold {
  readonly #orders = new Map<string, PlatformOrder>();
  readonly #effects = new Map<string, Record<string, number>>();
  readonly #totals = { before: new Map<TotalName, number>(), after: new Map<TotalName, number>() };
  readonly #rows = { orders: 0, effects: 0 };
  readonly #ended = new Set<QueryEnd['query']>();

  add(line: EffectsLine): void {
    if (line.type === 'order') this.#addOrder(line);
    else if (line.type === 'effect') this.#addEffect(line);
    else if (line.type === 'total') this.#addTotal(line);
    else if (line.rows === this.#rows[line.query]) this.#ended.add(line.query);
  }

  /** A query without its end, or with another number of rows than its end says, was not read. */
  result(): PlatformRows {
    return {
      orders: this.#ended.has('orders') ? this.#orders : null,
      effects: this.#ended.has('effects') ? this.#effects : null,
      totals: this.#totals,
    };
  }

  #addOrder({ customerId, orderId, status }: OrderRow): void {
    this.#rows.orders += 1;
    const earlier = this.#orders.get(customerId)?.orderIds ?? [];
    this.#orders.set(customerId, { orderIds: [...earlier, orderId], status });
  }

  #addEffect({ orderId, kind, count }: EffectRow): void {
    this.#rows.effects += 1;
    const counts = this.#effects.get(orderId) ?? {};
    counts[kind] = (counts[kind] ?? 0) + count;
    this.#effects.set(orderId, counts);
  }

  #addTotal({ phase, name, value }: TotalRow): void {
    this.#totals[phase].set(name, value);
  }
}
