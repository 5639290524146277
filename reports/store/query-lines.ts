// The rows of a query as lines of effects.ndjson, closed by the line that proves that none is missing.

import type { EffectRow, EffectsLine, OrderRow } from '../../lib/model/evidence.ts';

/** All rows that the target's `orders` query gave, and its end. */
export function orderLines(rows: readonly OrderRow[]): readonly EffectsLine[] {
  return [...rows, { type: 'query-end', query: 'orders', rows: rows.length }];
}

/** All rows that the target's `effects` query gave, and its end. */
export function effectLines(rows: readonly EffectRow[]): readonly EffectsLine[] {
  return [...rows, { type: 'query-end', query: 'effects', rows: rows.length }];
}
