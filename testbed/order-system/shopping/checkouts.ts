// Checkouts: a cart becomes a draft order, gets address and payment, and is handed to orders-api.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Parameter } from 'postgres';
import type { Defects } from '../defects.ts';
import type { LineItem, ShippingAddress } from '../messages.ts';
import type { Sql } from '../platform/database.ts';
import { HttpError } from '../platform/http-error.ts';
import type { OrdersClient } from './orders-client.ts';

export interface Checkout {
  readonly checkoutId: string;
  readonly orderId: string;
}

interface Draft extends Checkout {
  readonly customerId: string;
  readonly lineItems: readonly LineItem[];
}

/**
 * Closes the cart and registers its content as a draft with orders-api, under an order id made here. Doing it again gives the
 * same ids. Throws 404 for an unknown cart, 400 for an empty one, 503 when orders-api can't be reached.
 */
export async function checkOut(sql: Sql, orders: OrdersClient, defects: Defects, cartId: string): Promise<Checkout> {
  const { checkoutId, orderId, customerId, lineItems } = await closeCart(sql, cartId);
  if (defects.hits('slow-checkout', orderId)) await delay(defects.parameters('slow-checkout').delayMs);
  await orders.registerDraft(orderId, { customerId, lineItems });
  return { checkoutId, orderId };
}

/** Closes the cart for good; its items are read after that, when no one can add to them any more. */
async function closeCart(sql: Sql, cartId: string): Promise<Draft> {
  const [checkout] = await sql<Omit<Draft, 'lineItems'>[]>`
    with cart as (
      update shopping.carts set checked_out_at = coalesce(checked_out_at, now())
      where cart_id = ${cartId} and exists (select from shopping.cart_items where cart_id = ${cartId})
      returning cart_id, customer_id
    )
    insert into shopping.checkouts as checkout (checkout_id, cart_id, customer_id, order_id)
    select ${randomUUID()}::uuid, cart_id, customer_id, ${randomUUID()}::uuid from cart
    on conflict (cart_id) do update set cart_id = excluded.cart_id
    returning checkout_id as "checkoutId", order_id as "orderId", customer_id as "customerId"`;
  if (!checkout) throw await whyNotClosed(sql, cartId);
  const lineItems = await sql<LineItem[]>`
    select sku, quantity, unit_price_cents as "unitPriceCents" from shopping.cart_items
    where cart_id = ${cartId} order by sku`;
  return { ...checkout, lineItems };
}

async function whyNotClosed(sql: Sql, cartId: string): Promise<HttpError> {
  const [cart] = await sql`select from shopping.carts where cart_id = ${cartId}`;
  return cart ? new HttpError(400, 'the cart is empty') : new HttpError(404, 'no such cart');
}

/** Columns of a checkout that its customer fills in. */
export type CheckoutChange =
  | { readonly shipping_address: Parameter }
  | { readonly shipping_method: string; readonly shipping_cost_cents: number }
  | { readonly payment_method_token: string };

/** Sets columns of a checkout. Throws 404 when there is no such checkout. */
export async function updateCheckout(
  sql: Sql,
  checkoutId: string,
  change: CheckoutChange,
): Promise<{ checkoutId: string }> {
  const updated = await sql`update shopping.checkouts set ${sql(change)} where checkout_id = ${checkoutId}`;
  if (updated.count === 0) throw new HttpError(404, 'no such checkout');
  return { checkoutId };
}

interface CheckoutRow {
  readonly orderId: string;
  readonly shippingAddress: ShippingAddress | null;
  readonly shippingMethod: string | null;
  readonly paymentMethodToken: string | null;
}

/** Submits the order; gives its id. Throws 404 for an unknown checkout, 400 when address, method or payment is missing. */
export async function completeCheckout(sql: Sql, orders: OrdersClient, checkoutId: string): Promise<string> {
  const [row] = await sql<CheckoutRow[]>`
    select order_id as "orderId", shipping_address as "shippingAddress", shipping_method as "shippingMethod",
      payment_method_token as "paymentMethodToken"
    from shopping.checkouts where checkout_id = ${checkoutId}`;
  if (!row) throw new HttpError(404, 'no such checkout');
  const { orderId, shippingAddress, shippingMethod, paymentMethodToken } = row;
  if (!shippingAddress || !shippingMethod || !paymentMethodToken) {
    throw new HttpError(400, 'the checkout needs a shipping address, a shipping method and a payment method');
  }
  await orders.complete(orderId, { shippingAddress, shippingMethod, paymentMethodToken });
  return orderId;
}
