// The order saga: takes an order from state to state as the other contexts report, and asks for what comes next.

import type { DomainEvent, LineItem, ShippingAddress } from '../messages.ts';
import { asJson, type Sql } from '../platform/database.ts';
import { type Delivery, firstDelivery } from '../platform/inbox.ts';
import { keepInOutbox, messageOf } from '../platform/outbox.ts';
import type { OutgoingMessage } from '../platform/publisher.ts';
import type { Service, ServiceParts } from '../service.ts';
import { type OrderState, statesTo, targetOf } from './order-state.ts';

export function createOrdersSaga(parts: ServiceParts): Service {
  return {
    schema: 'orders',
    queues: ['orders', 'orders-fulfillment-events'],
    publishes: true,
    handle: (delivery) => handle(parts, delivery),
  };
}

interface SagaOrder {
  readonly orderId: string;
  readonly status: OrderState;
  readonly lineItems: readonly LineItem[];
  readonly amountCents: number;
  readonly shippingAddress: ShippingAddress;
  readonly shippingMethod: string;
}

async function handle(parts: ServiceParts, delivery: Delivery): Promise<readonly OutgoingMessage[]> {
  const { type, body } = delivery.event;
  const target = parts.defects.hits('stuck-saga', body.orderId) ? 'PaymentConfirmed' : targetOf[type];
  if (!target) throw new Error(`the saga does not expect ${type}`);
  // Another event may move the order between read and write; states only go forward, so this ends.
  for (;;) {
    const order = await readOrder(parts.database.sql, body.orderId);
    const states = statesTo(target, order.status);
    if (states.length === 0) return [];
    const messages = states.flatMap((state) => requestsOn(state, order)).map(messageOf);
    if (await moveOrder(parts, delivery, order, states, messages[0])) return messages;
  }
}

async function readOrder(sql: Sql, orderId: string): Promise<SagaOrder> {
  const [order] = await sql<SagaOrder[]>`
    select order_id as "orderId", status, line_items as "lineItems", amount_cents as "amountCents",
      shipping_address as "shippingAddress", shipping_method as "shippingMethod"
    from orders.orders where order_id = ${orderId}`;
  if (!order) throw new Error(`no order ${orderId}`);
  return order;
}

/** Gives false, and has done nothing, when the order is no longer in the state that it was read in. */
async function moveOrder(
  { database: { sql }, defects }: ServiceParts,
  delivery: Delivery,
  order: SagaOrder,
  states: readonly OrderState[],
  message: OutgoingMessage | undefined,
): Promise<boolean> {
  const moved = await sql`
    with moved as (
      update orders.orders set status = ${states.at(-1) ?? order.status}
      where order_id = ${order.orderId} and status = ${order.status}
      returning order_id
    ),
    ${firstDelivery(sql, 'orders', delivery, defects, sql`from moved`)},
    entered as (
      insert into orders.order_history (order_id, status, cause)
      select order_id, status, ${delivery.event.type}::text from moved, jsonb_array_elements_text(${asJson(sql, states)}) as status
    )
    ${message ? keepInOutbox(sql, 'orders', message, 'moved') : sql`select from moved`}`;
  return moved.count === 1;
}

/** What the saga asks the other contexts for when an order enters a state. */
function requestsOn(state: OrderState, order: SagaOrder): DomainEvent[] {
  const { orderId, lineItems, amountCents, shippingAddress, shippingMethod } = order;
  switch (state) {
    case 'Fulfilling':
      return [{ type: 'FulfillmentRequested', body: { orderId, lineItems, shippingAddress, shippingMethod } }];
    case 'OutOfStock':
      return [{ type: 'RefundRequested', body: { orderId, amountCents, reason: 'out of stock' } }];
    default:
      return [];
  }
}
