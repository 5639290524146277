// The system's totals of stock and money, and whether they balance.

import { effectQueries } from '../queries.ts';
import type { Ground } from './order-system.ts';

export interface Totals {
  readonly onHand: number;
  readonly committed: number;
  readonly capturedCents: number;
}

export async function readTotals(ground: Ground): Promise<Totals> {
  const rows = await ground.database.sql.unsafe(effectQueries.totals);
  const totals = new Map(rows.map((row) => [row.name, row.value]));
  return {
    onHand: totals.get('stock-on-hand'),
    committed: totals.get('stock-committed'),
    capturedCents: totals.get('money-captured'),
  };
}

export function difference(before: Totals, after: Totals): Totals {
  return {
    onHand: after.onHand - before.onHand,
    committed: after.committed - before.committed,
    capturedCents: after.capturedCents - before.capturedCents,
  };
}
