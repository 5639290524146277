// Drafts and their submission: a draft becomes an order once, whoever submits it and however often.

import type { Defects } from '../defects.ts';
import type { DraftContent, Submission } from '../orders-calls.ts';
import { asJson, type Sql } from '../platform/database.ts';
import { HttpError } from '../platform/http-error.ts';
import { keepInOutbox, messageOf } from '../platform/outbox.ts';
import type { OutgoingMessage } from '../platform/publisher.ts';

interface OrderContent extends DraftContent {
  readonly amountCents: number;
}

/** Keeps what the order will contain. The first registration stands; one that comes after the order was placed is forgotten. */
export async function registerDraft(sql: Sql, orderId: string, draft: DraftContent): Promise<void> {
  const amountCents = draft.lineItems.reduce((sum, item) => sum + item.quantity * item.unitPriceCents, 0);
  await sql`
    insert into orders.drafts (order_id, customer_id, line_items, amount_cents)
    select ${orderId}, ${draft.customerId}, ${asJson(sql, draft.lineItems)}, ${amountCents}
    where not exists (select from orders.orders where order_id = ${orderId})
    on conflict (order_id) do nothing`;
}

export interface Placement {
  /** False when the order was placed before. */
  readonly isNew: boolean;
  /** What was committed to the outbox with it. */
  readonly messages: readonly OutgoingMessage[];
}

/**
 * Turns the draft into an order and keeps OrderPlaced in the outbox, all or nothing. Throws 404 for an id without draft or
 * order, 409 when the customer has another order.
 */
export async function placeOrder(
  sql: Sql,
  defects: Defects,
  orderId: string,
  submission: Submission,
): Promise<Placement> {
  const draft = await findContent(sql, 'drafts', orderId);
  if (draft) {
    const message = orderPlaced(orderId, draft, submission);
    if (await insertOrder(sql, orderId, submission, message)) return { isNew: true, messages: [message] };
  }
  const existing = await findContent(sql, 'orders', orderId);
  if (!existing)
    throw draft ? new HttpError(409, 'the customer has another order') : new HttpError(404, 'no such order');
  if (!defects.hits('not-idempotent', orderId)) return { isNew: false, messages: [] };
  const again = orderPlaced(orderId, existing, submission);
  await sql`with once as (select) ${keepInOutbox(sql, 'orders', again, 'once')}`;
  return { isNew: false, messages: [again] };
}

/** One statement, and so one transaction. Gives false when another submission was faster: the draft is deleted only once. */
async function insertOrder(
  sql: Sql,
  orderId: string,
  { shippingAddress, shippingMethod, paymentMethodToken }: Submission,
  message: OutgoingMessage,
): Promise<boolean> {
  const kept = await sql`
    with draft as (
      delete from orders.drafts where order_id = ${orderId} returning *
    ), placed as (
      insert into orders.orders (order_id, customer_id, line_items, amount_cents, shipping_address, shipping_method,
        payment_method_token, status)
      select order_id, customer_id, line_items, amount_cents, ${asJson(sql, shippingAddress)}, ${shippingMethod}::text,
        ${paymentMethodToken}::text, 'PendingPayment'
      from draft on conflict do nothing
      returning order_id
    ), history as (
      insert into orders.order_history (order_id, status, cause)
      select order_id, status, 'complete' from placed, (values ('Placed'), ('PendingPayment')) as entered (status)
    )
    ${keepInOutbox(sql, 'orders', message, 'placed')}`;
  return kept.count === 1;
}

async function findContent(sql: Sql, table: 'drafts' | 'orders', orderId: string): Promise<OrderContent | undefined> {
  const [content] = await sql<OrderContent[]>`
    select customer_id as "customerId", line_items as "lineItems", amount_cents as "amountCents"
    from ${sql(`orders.${table}`)} where order_id = ${orderId}`;
  return content;
}

function orderPlaced(orderId: string, content: OrderContent, { paymentMethodToken }: Submission): OutgoingMessage {
  return messageOf({ type: 'OrderPlaced', body: { orderId, ...content, paymentMethodToken } });
}
