// A shopper of a test: both order flows over HTTP, and what became of an order.

import { randomUUID } from 'node:crypto';
import { effectQueries } from '../queries.ts';
import type { Ground } from './order-system.ts';
import { poll } from './poll.ts';

export interface Item {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice?: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const ADDRESS = {
  addressLine1: '1 Test Street',
  city: 'Berlin',
  stateOrProvince: 'BE',
  postalCode: '10115',
  country: 'DE',
};

export async function send(method: string, url: string, content?: object): Promise<Answer> {
  const request = content
    ? { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) }
    : { method };
  const response = await fetch(url, request);
  return { status: response.status, body: JSON.parse((await response.text()) || '{}') };
}

export class Shopper {
  readonly customerId: string = randomUUID();
  /** What the submitting call of the seed flow sends. */
  readonly submission = {
    shippingAddress: '1 Test Street',
    shippingMethod: 'standard',
    paymentMethodToken: 'tok_visa',
  };
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The first three calls of the seed flow; gives the order id. */
  async fillCart(items: readonly Item[] = [{ sku: 'SKU-007', quantity: 2, unitPrice: 12.34 }]): Promise<string> {
    const { shoppingUrl } = this.#ground;
    const cart = await send('POST', `${shoppingUrl}/api/carts/initialize`, { customerId: this.customerId });
    for (const item of items) await send('POST', `${shoppingUrl}/api/carts/${cart.body.cartId}/items`, item);
    const checkout = await send('POST', `${shoppingUrl}/api/carts/${cart.body.cartId}/checkout`);
    return String(checkout.body.orderId);
  }

  /** The call that submits. */
  submit(orderId: string, paymentMethodToken = 'tok_visa'): Promise<Answer> {
    const submission = { ...this.submission, paymentMethodToken };
    return send('POST', `${this.#ground.ordersUrl}/api/orders/${orderId}/complete`, submission);
  }

  /** The seed flow, until the order is accepted; gives its id. */
  async order(items?: readonly Item[]): Promise<string> {
    const orderId = await this.fillCart(items);
    await this.submit(orderId);
    return orderId;
  }

  /** The present flow of seven calls; gives the answer of each. */
  async sevenCalls(): Promise<readonly Answer[]> {
    const { shoppingUrl } = this.#ground;
    const cart = await send('POST', `${shoppingUrl}/api/carts`, { customerId: this.customerId });
    const cartUrl = `${shoppingUrl}/api/carts/${cart.body.value}`;
    const items = await send('POST', `${cartUrl}/items`, { sku: 'SKU-010', quantity: 3 });
    const checkout = await send('POST', `${cartUrl}/checkout`);
    const url = `${shoppingUrl}/api/checkouts/${checkout.body.value}`;
    return [
      ...[cart, items, checkout],
      await send('POST', `${url}/shipping-address`, ADDRESS),
      await send('POST', `${url}/shipping-method`, { shippingMethod: 'standard', shippingCost: 4.95 }),
      await send('POST', `${url}/payment-method`, { paymentMethodToken: 'tok_visa' }),
      await send('POST', `${url}/complete`),
    ];
  }

  read(orderId: string): Promise<Answer> {
    return send('GET', `${this.#ground.ordersUrl}/api/orders/${orderId}`);
  }

  reaches(orderId: string, status: string, limitMs?: number): Promise<true> {
    return poll(`${orderId} reaches ${status}`, async () => (await this.read(orderId)).body.status === status, limitMs);
  }

  /** Effects of this shopper's order by kind, as the shipped query tells them. */
  async effects(): Promise<Readonly<Record<string, number>>> {
    const rows = await this.#ground.database.sql.unsafe(effectQueries.effects, [[this.customerId]]);
    return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
  }
}
