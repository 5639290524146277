// The planted bug `lock-order`: stock rows locked one after the other, by half of the orders from the far end of the shelf.

import type { Fragment } from 'postgres';
import type { Defects } from '../defects.ts';
import type { Sql } from '../platform/database.ts';

const SHELF_ENDS = ['SKU-001', 'SKU-050'] as const;

/**
 * A condition that is always true, and locks both ends of the shelf on the way, with `holdMs` of work in between. Only one
 * order from each side does so at a time (the advisory lock); where the two meet, the database has to break a deadlock. A
 * crowd would be a standstill: each deadlock takes a second to be noticed.
 */
export function lockingShelfEnds(sql: Sql, orderId: string, defects: Defects): Fragment {
  const side = Number.parseInt(orderId.slice(-1), 16) % 2;
  const [first, second] = side === 0 ? SHELF_ENDS : SHELF_ENDS.toReversed();
  return sql`
    (
      with first_end as materialized (
        select from inventory.stock
        where sku = ${first ?? ''} and pg_try_advisory_xact_lock(hashtext('lock-order'), ${side}) for update
      ), work as materialized (
        select pg_sleep(${defects.parameters('lock-order').holdMs / 1000}) from first_end
      ), second_end as materialized (
        select from inventory.stock, work where sku = ${second ?? ''} for update of stock
      )
      select count(*) from second_end
    ) >= 0`;
}
