// The planted bug `lock-order`: stock rows locked one by one, by half of the orders from the far end of the shelf.

import { setTimeout as delay } from 'node:timers/promises';
import type { Transaction } from '../platform/database.ts';

const SHELF_ENDS = ['SKU-001', 'SKU-050'] as const;

/** Locks both ends of the shelf and works `holdMs` after each, so that two such orders at a time may wait in a circle. */
export async function lockShelfEnds(tx: Transaction, orderId: string, holdMs: number): Promise<void> {
  const fromFarEnd = Number.parseInt(orderId.slice(-1), 16) % 2 === 1;
  for (const sku of fromFarEnd ? SHELF_ENDS.toReversed() : SHELF_ENDS) {
    await tx`select from inventory.stock where sku = ${sku} for update`;
    await delay(holdMs);
  }
}
