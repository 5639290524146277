// Folds the rows that the target's own queries gave, as they stand in effects.ndjson, and joins effects with their orders.

import type { EffectRow, EffectsLine, OrderRow, QueryEnd, TotalName } from '../model/evidence.ts';
import type { EffectCounts, FoldedHistory, PlatformOrder, PlatformRows } from './evidence.ts';
import { Words } from './fold/words.ts';

const NO_EFFECTS: EffectCounts = {};

/** Add every line of the file, then take the result once. */
export class PlatformRowsFold {
  readonly #known: FoldedHistory['orders'];
  readonly #words = new Words();
  readonly #orders = new Map<string, PlatformOrder>();
  /** The key of the order that has this id in the platform. */
  readonly #keyOfId = new Map<string, string>();
  readonly #strayEffects = new Map<string, EffectCounts>();
  /** Nearly all orders have the same effects: they share one object per combination. */
  readonly #combinations = new Map<string, EffectCounts>();
  /** Nearly all orders look the same in the end: they share one object per look. */
  readonly #looks = new Map<EffectCounts, Map<string, PlatformOrder>>();
  readonly #totals = { before: new Map<TotalName, number>(), after: new Map<TotalName, number>() };
  readonly #rows = { orders: 0, effects: 0 };
  /** Order ids of customers who are not the run's. */
  readonly #foreignIds = new Set<string>();
  readonly #ended = new Set<QueryEnd['query']>();

  /** Rows of orders that are not among `known` are left out: foreign orders are never judged. */
  constructor(known: FoldedHistory['orders']) {
    this.#known = known;
  }

  add(line: EffectsLine): void {
    if (line.type === 'order') this.#addOrder(line);
    else if (line.type === 'effect') this.#addEffect(line);
    else if (line.type === 'total') this.#totals[line.phase].set(line.name, line.value);
    else if (line.rows === this.#rows[line.query]) this.#ended.add(line.query);
  }

  /** A query without its end, or with another number of rows than its end says, was not read. */
  result(): PlatformRows {
    return {
      orders: this.#ended.has('orders') ? this.#orders : null,
      effectsRead: this.#ended.has('orders') && this.#ended.has('effects'),
      strayEffects: Array.from(this.#strayEffects, ([orderId, effects]) => ({ orderId, effects })).filter(
        ({ orderId }) => !this.#foreignIds.has(orderId),
      ),
      totals: this.#totals,
    };
  }

  #addOrder({ customerId, orderId, status }: OrderRow): void {
    this.#rows.orders += 1;
    const known = this.#known.get(customerId);
    if (known === undefined) {
      this.#foreignIds.add(orderId);
      return;
    }
    const { key } = known;
    const earlier = this.#orders.get(key);
    const effects = this.#with(earlier?.effects ?? NO_EFFECTS, this.#strayEffects.get(orderId) ?? NO_EFFECTS);
    this.#strayEffects.delete(orderId);
    // The history's own string, where it is the same: one of them less for each order.
    this.#keyOfId.set(known.orderId === orderId ? known.orderId : orderId, key);
    const agrees = known.orderId === null || known.orderId === orderId || earlier?.otherId === null;
    const order = {
      rows: (earlier?.rows ?? 0) + 1,
      status: this.#words.same(status),
      otherId: agrees ? null : orderId,
      effects,
    };
    this.#orders.set(key, this.#look(order));
  }

  #addEffect({ orderId, kind, count }: EffectRow): void {
    this.#rows.effects += 1;
    const key = this.#keyOfId.get(orderId);
    const order = key === undefined ? undefined : this.#orders.get(key);
    if (order === undefined || key === undefined) {
      this.#strayEffects.set(orderId, this.#with(this.#strayEffects.get(orderId) ?? NO_EFFECTS, { [kind]: count }));
    } else {
      this.#orders.set(key, this.#look({ ...order, effects: this.#with(order.effects, { [kind]: count }) }));
    }
  }

  #look(order: PlatformOrder): PlatformOrder {
    const { rows, status, otherId, effects } = order;
    const looks = this.#looks.get(effects) ?? new Map<string, PlatformOrder>();
    this.#looks.set(effects, looks);
    const name = `${rows} ${status} ${otherId ?? ''}`;
    const look = looks.get(name) ?? order;
    looks.set(name, look);
    return look;
  }

  #with(counts: EffectCounts, more: EffectCounts): EffectCounts {
    const sum: Record<string, number> = { ...counts };
    for (const [kind, count] of Object.entries(more)) sum[kind] = (sum[kind] ?? 0) + count;
    const combination = Object.keys(sum)
      .sort()
      .map((kind) => `${kind}=${sum[kind]}`)
      .join();
    const known = this.#combinations.get(combination);
    if (known !== undefined) return known;
    this.#combinations.set(combination, sum);
    return sum;
  }
}
