// What the suite may read of the order system from outside: effect queries for PostgreSQL and the names of the broker's queues.

import { routes } from './messages.ts';
import { DEAD_LETTER_EXCHANGE, deadLetterQueues, queues } from './topology.ts';

/**
 * `orders` and `effects` take the customer ids of a run as `$1` (text[]). An order that was acknowledged and is not in the
 * answer of `orders` does not exist. `effects` has a row only for what happened at least once.
 */
export const effectQueries = {
  orders: `
    select order_id::text, customer_id::text, status
    from orders.orders
    where customer_id = any($1::text[]::uuid[])`,
  effects: `
    with own as (select order_id from orders.orders where customer_id = any($1::text[]::uuid[]))
    select order_id::text, 'payment' as kind, count(*)::int as count
      from payments.entries join own using (order_id) where kind = 'capture' group by order_id
    union all
    select order_id::text, 'stock-commitment', count(distinct commitment_key)::int
      from inventory.commitments join own using (order_id) group by order_id
    union all
    select order_id::text, 'fulfilment-request', count(*)::int
      from fulfillment.requests join own using (order_id) group by order_id`,
  totals: `
    select 'stock-on-hand' as name, coalesce(sum(on_hand), 0)::float8 as value from inventory.stock
    union all
    select 'stock-committed', coalesce(sum(quantity), 0)::float8 from inventory.commitments
    union all
    select 'money-captured', coalesce(sum(amount_cents), 0)::float8
      from payments.entries where kind = 'capture'`,
} as const;

/** Tables that the queries above read; the reader role may select from these and from nothing else. */
export const readableTables = [
  'orders.orders',
  'payments.entries',
  'inventory.stock',
  'inventory.commitments',
  'fulfillment.requests',
] as const;

export const brokerQueues: { readonly queues: readonly string[]; readonly deadLetterQueues: readonly string[] } = {
  queues: queues.map((queue) => queue.name),
  deadLetterQueues,
};

/** Where events can be copied: of every order, of every order that was paid for, and what comes to the dead-letter queues. */
export const brokerTap = {
  placed: { type: 'OrderPlaced', ...routes.OrderPlaced },
  captured: { type: 'PaymentCaptured', ...routes.PaymentCaptured },
  deadLetters: deadLetterQueues.map((queue) => ({ exchange: DEAD_LETTER_EXCHANGE, routingKey: queue })),
} as const;
