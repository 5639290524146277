// Payments: captures the amount of a placed order, declines bad tokens, refunds on request; each once per order.

import { randomUUID } from 'node:crypto';
import type { DomainEvent, EventBodies } from '../messages.ts';
import { type Delivery, firstDelivery } from '../platform/inbox.ts';
import { keepInOutbox, messageOf } from '../platform/outbox.ts';
import type { OutgoingMessage } from '../platform/publisher.ts';
import type { Service, ServiceParts } from '../service.ts';

/** The card that is always declined. */
const DECLINED_TOKEN = 'tok_declined';

export function createPayments(parts: ServiceParts): Service {
  return { schema: 'payments', queues: ['payments'], publishes: true, handle: (delivery) => handle(parts, delivery) };
}

async function handle(parts: ServiceParts, delivery: Delivery): Promise<readonly OutgoingMessage[]> {
  const { event } = delivery;
  if (parts.defects.hits('poison-message', event.body.orderId))
    throw new Error('planted: this message is never digested');
  switch (event.type) {
    case 'OrderPlaced':
      return charge(parts, delivery, event.body);
    case 'RefundRequested':
      return refund(parts, delivery, event.body);
    default:
      throw new Error(`payments does not expect ${event.type}`);
  }
}

/** Books the charge and keeps the news of it. The entry's key is that of the order, so another message charges nothing. */
async function charge(
  { database: { sql }, defects }: ServiceParts,
  delivery: Delivery,
  order: EventBodies['OrderPlaced'],
): Promise<readonly OutgoingMessage[]> {
  const { orderId, amountCents, paymentMethodToken } = order;
  const declined = paymentMethodToken === DECLINED_TOKEN;
  const key = `charge:${defects.hits('not-idempotent', orderId) ? randomUUID() : orderId}`;
  const message = messageOf(declined ? paymentFailed(order) : paymentCaptured(order));
  const kept = await sql`
    with ${firstDelivery(sql, 'payments', delivery, defects)},
    booked as (
      insert into payments.entries (entry_key, order_id, kind, amount_cents)
      select ${key}::text, ${orderId}::uuid, ${declined ? 'decline' : 'capture'}::text, ${amountCents}::integer
      from first_delivery on conflict (entry_key) do nothing
      returning entry_key
    )
    ${keepInOutbox(sql, 'payments', message, 'booked')}`;
  return kept.count === 1 ? [message] : [];
}

function paymentCaptured({ orderId, amountCents, lineItems }: EventBodies['OrderPlaced']): DomainEvent {
  return { type: 'PaymentCaptured', body: { orderId, amountCents, lineItems } };
}

function paymentFailed({ orderId }: EventBodies['OrderPlaced']): DomainEvent {
  return { type: 'PaymentFailed', body: { orderId, reason: 'card declined' } };
}

async function refund(
  { database: { sql }, defects }: ServiceParts,
  delivery: Delivery,
  { orderId, amountCents }: EventBodies['RefundRequested'],
): Promise<readonly OutgoingMessage[]> {
  await sql`
    with ${firstDelivery(sql, 'payments', delivery, defects)}
    insert into payments.entries (entry_key, order_id, kind, amount_cents)
    select ${`refund:${orderId}`}::text, ${orderId}::uuid, 'refund', ${amountCents}::integer
    from first_delivery on conflict (entry_key) do nothing`;
  return [];
}
