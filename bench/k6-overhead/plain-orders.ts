// The seed flow as one writes it for plain k6, without this suite: the same four calls, pauses, polls and checks, no history.

import { http } from '../../lib/k6/http.ts';
import { check, sleep } from '../../lib/k6/runtime.ts';
import { type PlainLoad, SETTINGS_VARIABLE } from './plain-load.ts';

const load = JSON.parse(__ENV[SETTINGS_VARIABLE] ?? '{}') as PlainLoad;
const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
const PATIENCE_POLLS = 100;

/** k6 has it, its type definitions do not. */
declare const crypto: { randomUUID(): string };

export const options = {
  scenarios: {
    orders: {
      executor: 'ramping-vus',
      exec: 'placeOrder',
      startVUs: 0,
      stages: [
        { duration: `${load.rampS}s`, target: load.users },
        { duration: `${load.holdS}s`, target: load.users },
      ],
    },
  },
  thresholds: {
    http_req_duration: ['p(90)<5000', 'p(98)<10000'],
    http_req_failed: ['rate<0.01'],
    checks: ['rate>0.99'],
  },
};

/** One iteration is one order. */
export function placeOrder(): void {
  const cart = call('POST', 'init-cart', '/api/carts/initialize', { customerId: crypto.randomUUID() });
  const cartId = cart.json('cartId');
  check(cart, { 'cart is there': ({ status }) => status === 201 && typeof cartId === 'string' });
  think();
  const items = call('POST', 'add-items', `/api/carts/${cartId}/items`, lineItem());
  check(items, { 'items are in the cart': ({ status }) => status === 200 });
  think();
  const checkout = call('POST', 'checkout', `/api/carts/${cartId}/checkout`);
  const orderId = checkout.json('orderId');
  check(checkout, { 'checkout has begun': ({ status }) => status === 201 && typeof orderId === 'string' });
  think();
  const order = call('POST', 'complete', `/api/orders/${orderId}/complete`, {
    shippingAddress: '1 Stampede Way, 10115 Berlin',
    shippingMethod: 'standard',
    paymentMethodToken: 'tok_visa',
  });
  check(order, { 'order is taken': (r) => r.status === 202 && r.json('orderId') === orderId });
  awaitFinal(`/api/orders/${orderId}`);
}

function awaitFinal(path: string): void {
  for (let poll = 0; poll < PATIENCE_POLLS; poll += 1) {
    sleep(0.25 * (0.7 + 0.6 * Math.random()));
    const state = call('GET', 'poll', path);
    if (check(state, { 'order is final': (r) => r.status === 200 && r.json('status') === 'Fulfilling' })) return;
  }
}

function call(method: string, name: string, path: string, body?: object) {
  const text = body === undefined ? null : JSON.stringify(body);
  return http.request(method, load.baseUrl + path, text, { headers, timeout: 15_000, redirects: 0, tags: { name } });
}

function lineItem(): object {
  const sku = `SKU-${String(1 + Math.floor(Math.random() * 50)).padStart(3, '0')}`;
  return {
    sku,
    quantity: 1 + Math.floor(Math.random() * 3),
    unitPrice: (100 + Math.floor(Math.random() * 19_900)) / 100,
  };
}

function think(): void {
  const { minMs, maxMs } = load.thinkTime;
  sleep((minMs + Math.random() * (maxMs - minMs)) / 1000);
}
