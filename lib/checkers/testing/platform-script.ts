// The platform's own store as a test tells it: rows, effects, and totals that follow from them.

import type { EffectsLine, TotalName } from '../../model/evidence.ts';
import { EFFECT_KINDS, type EffectKind, progressOf } from '../../model/order.ts';
import type { FoldedHistory, PlatformRows } from '../evidence.ts';
import { PlatformRowsFold } from '../fold-platform-rows.ts';
import { finalReadOf, idOf, type OrderScript, PRICE_CENTS } from './order-script.ts';

const BEFORE: Readonly<Record<TotalName, number>> = {
  'stock-on-hand': 1_000_000,
  'stock-committed': 70,
  'money-captured': 9_900,
};

export class PlatformScript {
  readonly #rows: EffectsLine[] = [];
  readonly #effects: EffectsLine[] = [];
  readonly #changes: Record<TotalName, number> = { 'stock-on-hand': 0, 'stock-committed': 0, 'money-captured': 0 };

  order(key: string, script: OrderScript): void {
    const finalRead = finalReadOf(script);
    const { row = typeof finalRead === 'string' ? finalRead : undefined } = script;
    if (typeof row !== 'string') return;
    for (let copy = 1; copy <= (script.rows ?? 1); copy++) {
      const orderId = copy === 1 ? (script.storedId ?? idOf(key)) : `${idOf(key)}-${copy}`;
      this.#rows.push({ type: 'order', orderId, customerId: key, status: row });
    }
    const usual = progressOf(row) === 'completed' ? 1 : 0;
    for (const kind of EFFECT_KINDS) this.#happen(key, kind, script.effects?.[kind] ?? usual, script.quantity ?? 1);
  }

  /** An effect under an order id that no order has. */
  strayEffect(orderId: string): void {
    this.#effects.push({ type: 'effect', orderId, kind: 'payment', count: 1 });
  }

  /** A change of a total that no effect explains. */
  unexplained(name: TotalName, change: number): void {
    this.#changes[name] += change;
  }

  lines(): readonly EffectsLine[] {
    return [
      ...this.#totals('before'),
      ...this.#rows,
      { type: 'query-end', query: 'orders', rows: this.#rows.length },
      ...this.#effects,
      { type: 'query-end', query: 'effects', rows: this.#effects.length },
      ...this.#totals('after'),
    ];
  }

  folded(known: FoldedHistory['orders']): PlatformRows {
    const fold = new PlatformRowsFold(known);
    for (const line of this.lines()) fold.add(line);
    return fold.result();
  }

  #totals(phase: 'before' | 'after'): readonly EffectsLine[] {
    return (Object.keys(BEFORE) as TotalName[]).map((name) => ({
      type: 'total',
      phase,
      name,
      value: BEFORE[name] + (phase === 'before' ? 0 : this.#changes[name]),
    }));
  }

  #happen(key: string, kind: EffectKind, count: number, quantity: number): void {
    if (count === 0) return;
    this.#effects.push({ type: 'effect', orderId: idOf(key), kind, count });
    if (kind === 'payment') this.#changes['money-captured'] += count * quantity * PRICE_CENTS;
    if (kind !== 'stock-commitment') return;
    this.#changes['stock-committed'] += count * quantity;
    this.#changes['stock-on-hand'] -= count * quantity;
  }
}
