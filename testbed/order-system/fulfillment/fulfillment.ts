// Fulfillment: writes down what the warehouse is asked to ship, once per order.

import { asJson } from '../platform/database.ts';
import { type Delivery, firstDelivery } from '../platform/inbox.ts';
import type { OutgoingMessage } from '../platform/publisher.ts';
import type { Service, ServiceParts } from '../service.ts';

export function createFulfillment(parts: ServiceParts): Service {
  return {
    schema: 'fulfillment',
    queues: ['fulfillment-requests'],
    publishes: false,
    handle: (delivery) => writeRequest(parts, delivery),
  };
}

async function writeRequest(
  { database: { sql }, defects }: ServiceParts,
  delivery: Delivery,
): Promise<readonly OutgoingMessage[]> {
  const { event } = delivery;
  if (event.type !== 'FulfillmentRequested') throw new Error(`fulfillment does not expect ${event.type}`);
  const { orderId, lineItems, shippingAddress, shippingMethod } = event.body;
  await sql`
    with ${firstDelivery(sql, 'fulfillment', delivery, defects)}
    insert into fulfillment.requests (request_key, order_id, line_items, shipping_address, shipping_method)
    select ${orderId}::text, ${orderId}::uuid, ${asJson(sql, lineItems)}, ${asJson(sql, shippingAddress)},
      ${shippingMethod}::text
    from first_delivery on conflict (request_key) do nothing`;
  return [];
}
