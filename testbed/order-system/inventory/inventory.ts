// Inventory: takes the stock of a paid order off the shelf and notes the commitment, or reports what is missing.

import { asJson } from '../platform/database.ts';
import { type Delivery, firstDelivery } from '../platform/inbox.ts';
import { keepInOutbox, messageOf } from '../platform/outbox.ts';
import type { OutgoingMessage } from '../platform/publisher.ts';
import type { Service, ServiceParts } from '../service.ts';
import { lockingShelfEnds } from './lock-order-defect.ts';

export function createInventory(parts: ServiceParts): Service {
  return { schema: 'inventory', queues: ['inventory'], publishes: true, handle: (delivery) => handle(parts, delivery) };
}

async function handle(parts: ServiceParts, delivery: Delivery): Promise<readonly OutgoingMessage[]> {
  const committed = await commitStock(parts, delivery);
  return committed.length > 0 ? committed : reportMissing(parts, delivery);
}

/**
 * Takes all lines of the order off the shelf, or none when one is missing. Stock rows are locked in the order of their SKUs,
 * so two orders that share rows wait for each other, never in a circle; and they are locked for this one statement, some
 * milliseconds at most, so that even a single hot SKU carries hundreds of orders a second.
 */
async function commitStock(
  { database: { sql }, defects }: ServiceParts,
  delivery: Delivery,
): Promise<readonly OutgoingMessage[]> {
  const { event } = delivery;
  if (event.type !== 'PaymentCaptured') throw new Error(`inventory does not expect ${event.type}`);
  const { orderId, lineItems } = event.body;
  const message = messageOf({ type: 'ReservationCommitted', body: { orderId } });
  const kept = await sql`
    with line as (
      select * from jsonb_to_recordset(${asJson(sql, lineItems)}) as line (sku text, quantity integer)
      where ${defects.hits('lock-order', orderId) ? lockingShelfEnds(sql, orderId, defects) : sql`true`}
    ), locked as (
      select sku, on_hand from inventory.stock where sku in (select sku from line) order by sku for update
    ), missing as (
      select from line left join locked using (sku) where coalesce(on_hand, 0) < quantity
    ),
    ${firstDelivery(sql, 'inventory', delivery, defects, sql`where not exists (select from missing)`)},
    committed as (
      insert into inventory.commitments (commitment_key, order_id, sku, quantity)
      select ${orderId}::text, ${orderId}::uuid, sku, quantity from first_delivery, line
      on conflict (commitment_key, sku) do nothing
      returning sku, quantity
    ), taken as (
      update inventory.stock set on_hand = on_hand - committed.quantity from committed where stock.sku = committed.sku
    ), once as (
      select from committed limit 1
    )
    ${keepInOutbox(sql, 'inventory', message, 'once')}`;
  return kept.count === 1 ? [message] : [];
}

/** Nothing was committed: because stock is missing, or because all was done before, and then this does nothing either. */
async function reportMissing(
  { database: { sql }, defects }: ServiceParts,
  delivery: Delivery,
): Promise<readonly OutgoingMessage[]> {
  const { orderId } = delivery.event.body;
  const message = messageOf({ type: 'ReservationFailed', body: { orderId, reason: 'out of stock' } });
  const kept = await sql`
    with ${firstDelivery(sql, 'inventory', delivery, defects)}
    ${keepInOutbox(sql, 'inventory', message, 'first_delivery')}`;
  return kept.count === 1 ? [message] : [];
}
