// Carts: one per customer, filled until it is checked out.

import { randomUUID } from 'node:crypto';
import { toCents } from '../money.ts';
import type { Sql } from '../platform/database.ts';
import { HttpError } from '../platform/http-error.ts';

export interface ItemRequest {
  readonly sku: string;
  readonly quantity: number;
  /** Decimal amount; the catalogue's price when absent. */
  readonly unitPrice?: number;
}

/** Gives the customer's cart, the same one each time. */
export async function initializeCart(sql: Sql, customerId: string): Promise<string> {
  const rows = await sql<{ cartId: string }[]>`
    insert into shopping.carts (cart_id, customer_id) values (${randomUUID()}, ${customerId})
    on conflict (customer_id) do update set customer_id = excluded.customer_id
    returning cart_id as "cartId"`;
  return onlyRow(rows).cartId;
}

/** Adds to the cart. Throws 400 for an unknown SKU or price, 404 for an unknown cart, 409 when it is checked out. */
export async function addItem(sql: Sql, cartId: string, item: ItemRequest): Promise<void> {
  const priceCents = item.unitPrice === undefined ? null : toCents(item.unitPrice);
  if (item.unitPrice !== undefined && priceCents === null) {
    throw new HttpError(400, 'unitPrice must be a whole number of cents');
  }
  // The share lock makes a checkout at the same moment wait, so that it sees the item or the item sees the checkout.
  const added = await sql`
    with open_cart as (
      select cart_id from shopping.carts where cart_id = ${cartId} and checked_out_at is null for share
    )
    insert into shopping.cart_items as item (cart_id, sku, quantity, unit_price_cents)
    select cart_id, sku, ${item.quantity}, coalesce(${priceCents}::integer, unit_price_cents)
    from open_cart, shopping.products where sku = ${item.sku}
    on conflict (cart_id, sku) do update
      set quantity = item.quantity + excluded.quantity, unit_price_cents = excluded.unit_price_cents`;
  if (added.count === 0) throw await whyNotAdded(sql, cartId, item.sku);
}

async function whyNotAdded(sql: Sql, cartId: string, sku: string): Promise<HttpError> {
  const [cart] = await sql`select checked_out_at from shopping.carts where cart_id = ${cartId}`;
  if (!cart) return new HttpError(404, 'no such cart');
  if (cart.checked_out_at) return new HttpError(409, 'the cart is checked out');
  return new HttpError(400, `unknown sku ${sku}`);
}

/** For statements that always give one row. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error('the statement gave no row');
  return row;
}
