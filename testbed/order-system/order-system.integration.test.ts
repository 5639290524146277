// The honest order system on a real PostgreSQL and a real RabbitMQ node: both flows, one effect each, nothing lost.

import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SERVICES, type ServiceName } from './config.ts';
import type { DomainEvent } from './messages.ts';
import { effectQueries, readableTables } from './queries.ts';
import type { Child } from './testing/child.ts';
import { Ground } from './testing/order-system.ts';
import { poll } from './testing/poll.ts';
import { depthOf, handledCount, publish } from './testing/queue.ts';
import { Shopper, send } from './testing/shopper.ts';
import { difference, readTotals } from './testing/totals.ts';

const ONE_OF_EACH = { payment: 1, 'stock-commitment': 1, 'fulfilment-request': 1 };

const UNPAID_ORDER = {
  line_items: [{ sku: 'SKU-008', quantity: 1, unitPriceCents: 100 }],
  amount_cents: 100,
  shipping_address: { city: 'Berlin' },
  shipping_method: 'standard',
  payment_method_token: 'tok_visa',
  status: 'PendingPayment',
};

let ground: Ground;
let services: ReadonlyMap<ServiceName, Child>;

beforeAll(async () => {
  ground = await Ground.prepare();
  await ground.migrate();
  services = await ground.startProcesses();
});

afterAll(async () => {
  await Promise.all([...(services?.values() ?? [])].map((service) => service.stop()));
  await ground?.destroy();
});

async function completed(shopper: Shopper, orderId: string): Promise<void> {
  await shopper.reaches(orderId, 'Fulfilling');
  await poll('the request is written', async () => 'fulfilment-request' in (await shopper.effects()));
}

test('an order of the seed flow reaches Fulfilling with exactly one effect of each kind', async () => {
  const shopper = new Shopper(ground);
  const orderId = await shopper.fillCart([{ sku: 'SKU-007', quantity: 2, unitPrice: 12.34 }]);
  expect(await shopper.submit(orderId)).toEqual({ status: 202, body: { orderId } });
  await completed(shopper, orderId);
  expect(await shopper.effects()).toEqual(ONE_OF_EACH);
  expect((await shopper.read(orderId)).body).toMatchObject({
    ...{ orderId, customerId: shopper.customerId, totalAmount: 24.68, status: 'Fulfilling' },
    lineItems: [{ sku: 'SKU-007', quantity: 2, unitPrice: 12.34 }],
    placedAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

test('an order of the seven-call flow does too, at the price of the catalogue', async () => {
  const shopper = new Shopper(ground);
  const answers = await shopper.sevenCalls();
  expect(answers.map((answer) => answer.status)).toEqual([201, 200, 201, 200, 200, 200, 200]);
  const orderId = String(answers.at(-1)?.body.orderId);
  await completed(shopper, orderId);
  expect(await shopper.effects()).toEqual(ONE_OF_EACH);
  expect((await shopper.read(orderId)).body.totalAmount).toBe(30);
});

test('every state that an order passes is noted, in order', async () => {
  const shopper = new Shopper(ground);
  const orderId = await shopper.order();
  await shopper.reaches(orderId, 'Fulfilling');
  const rows = await ground.database.sql`
    select status from orders.order_history where order_id = ${orderId} order by entered_at`;
  expect(rows.map((row) => row.status)).toEqual([
    ...['Placed', 'PendingPayment', 'PaymentConfirmed', 'InventoryReserved', 'InventoryCommitted', 'Fulfilling'],
  ]);
  await publish(ground, { type: 'ShipmentHandedToCarrier', body: { orderId } });
  await shopper.reaches(orderId, 'Shipped');
});

test('an order submitted ten times at once and once more later is one order with one effect of each kind', async () => {
  const shopper = new Shopper(ground);
  const orderId = await shopper.fillCart();
  const answers = await Promise.all(Array.from({ length: 10 }, () => shopper.submit(orderId)));
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([...Array.from({ length: 9 }, () => 200), 202]);
  await completed(shopper, orderId);
  expect(await shopper.submit(orderId)).toEqual({ status: 200, body: { orderId } });
  expect(await shopper.effects()).toEqual(ONE_OF_EACH);
});

test('a customer has one cart, one checkout and one order, however often the calls are repeated', async () => {
  const shopper = new Shopper(ground);
  const orderId = await shopper.order();
  const cart = await send('POST', `${ground.shoppingUrl}/api/carts`, { customerId: shopper.customerId });
  const again = await send('POST', `${ground.shoppingUrl}/api/carts/${cart.body.value}/checkout`);
  expect(again).toMatchObject({ status: 201, body: { orderId } });
  expect((await shopper.submit(orderId)).status).toBe(200);
  await completed(shopper, orderId);
  expect(await shopper.effects()).toEqual(ONE_OF_EACH);
});

test('a message that comes again, or a second message for the same order, has no second effect', async () => {
  const shopper = new Shopper(ground);
  const orderId = await shopper.fillCart();
  await shopper.submit(orderId);
  await completed(shopper, orderId);
  const lineItems = [{ sku: 'SKU-007', quantity: 2, unitPriceCents: 1234 }];
  const [inbox] = await ground.database.sql`
    select message_id from payments.inbox order by received_at desc limit 1`;
  const before = { payments: await handledCount(ground.urlOf('payments')) };
  const placed = { orderId, customerId: shopper.customerId, amountCents: 2468, paymentMethodToken: 'tok', lineItems };
  await publish(ground, { type: 'OrderPlaced', body: placed }, inbox?.message_id);
  await publish(ground, { type: 'OrderPlaced', body: placed });
  await publish(ground, { type: 'PaymentCaptured', body: { orderId, amountCents: 2468, lineItems } });
  await publish(ground, { type: 'ReservationCommitted', body: { orderId } });
  await poll('both came in', async () => (await handledCount(ground.urlOf('payments'))) === before.payments + 2);
  const next = new Shopper(ground);
  await completed(next, await next.order());
  expect(await shopper.effects()).toEqual(ONE_OF_EACH);
});

test('a message id that was seen has no effect any more, whatever the message says', async () => {
  const shopper = new Shopper(ground);
  await completed(shopper, await shopper.order());
  const [inbox] = await ground.database.sql`select message_id from payments.inbox limit 1`;
  const before = await handledCount(ground.urlOf('payments'));
  const [orderId, customerId] = [randomUUID(), randomUUID()];
  const lineItems = [{ sku: 'SKU-007', quantity: 2, unitPriceCents: 1234 }];
  const body = { orderId, customerId, amountCents: 2468, paymentMethodToken: 'tok', lineItems };
  await publish(ground, { type: 'OrderPlaced', body }, inbox?.message_id);
  await poll('it came in', async () => (await handledCount(ground.urlOf('payments'))) === before + 1);
  expect(await ground.database.sql`select from payments.entries where order_id = ${orderId}`).toHaveLength(0);
});

test('events that arrive at the same moment, twice and in the wrong order move an order once through each state', async () => {
  const saga = ground.urlOf('orders-saga');
  const before = { all: await handledCount(saga), failed: await handledCount(saga, 'failed') };
  const orderIds = Array.from({ length: 25 }, () => randomUUID());
  const rows = orderIds.map((order_id) => ({ order_id, customer_id: randomUUID(), ...UNPAID_ORDER }));
  await ground.database.sql`insert into orders.orders ${ground.database.sql(rows)}`;
  const lineItems = [{ sku: 'SKU-008', quantity: 1, unitPriceCents: 100 }];
  const events = orderIds.flatMap((orderId): DomainEvent[] => [
    { type: 'ReservationCommitted', body: { orderId } },
    { type: 'PaymentCaptured', body: { orderId, amountCents: 100, lineItems } },
  ]);
  await Promise.all([...events, ...events].map((event) => publish(ground, event)));
  // Inventory hears of the payments too, and tells the saga once more.
  await poll('the saga has heard all', async () => (await handledCount(saga)) >= before.all + 5 * orderIds.length);
  expect(await handledCount(saga, 'failed')).toBe(before.failed);
  const { sql } = ground.database;
  expect(
    await sql`select from orders.orders where order_id in ${sql(orderIds)} and status = 'Fulfilling'`,
  ).toHaveLength(25);
  await poll('all are requested', async () => {
    const requests = await sql`select from fulfillment.requests where order_id in ${sql(orderIds)}`;
    return requests.length === orderIds.length;
  });
});

test('stock falls by what is committed and money rises by what is charged', async () => {
  const before = await readTotals(ground);
  for (const quantity of [1, 2, 3]) {
    const shopper = new Shopper(ground);
    const items = ['SKU-003', 'SKU-001', 'SKU-002'].map((sku) => ({ sku, quantity, unitPrice: 1.01 }));
    await completed(shopper, await shopper.order(items));
  }
  expect(difference(before, await readTotals(ground))).toEqual({ onHand: -18, committed: 18, capturedCents: 1818 });
});

test('a declined card fails the order and commits no stock', async () => {
  const shopper = new Shopper(ground);
  const orderId = await shopper.fillCart();
  await shopper.submit(orderId, 'tok_declined');
  await shopper.reaches(orderId, 'PaymentFailed');
  expect(await shopper.effects()).toEqual({});
});

test('an order that can not be served in full is refunded and takes nothing off the shelf', async () => {
  const before = await readTotals(ground);
  const shopper = new Shopper(ground);
  const orderId = await shopper.order([
    { sku: 'SKU-004', quantity: 5 },
    { sku: 'SKU-SOLD-OUT', quantity: 1 },
  ]);
  await shopper.reaches(orderId, 'OutOfStock');
  await poll('the money is back', async () => {
    const [entries] = await ground.database.sql`
      select count(*) filter (where kind = 'refund')::int as refunds,
             sum(case kind when 'capture' then amount_cents when 'refund' then -amount_cents end)::int as "keptCents"
      from payments.entries where order_id = ${orderId}`;
    return entries?.refunds === 1 && entries.keptCents === 0;
  });
  expect(difference(before, await readTotals(ground))).toMatchObject({ onHand: 0, committed: 0 });
});

test('wrong requests are refused with 400, unknown ids with 404, late items with 409', async () => {
  const { shoppingUrl, ordersUrl } = ground;
  const shopper = new Shopper(ground);
  const orderId = await shopper.fillCart();
  const cart = await send('POST', `${shoppingUrl}/api/carts`, { customerId: shopper.customerId });
  const empty = await send('POST', `${shoppingUrl}/api/carts`, { customerId: randomUUID() });
  const item = { sku: 'SKU-001', quantity: 1 };
  const requests: readonly [number, string, object?][] = [
    [400, `${shoppingUrl}/api/carts/initialize`, { customerId: '17' }],
    [400, `${shoppingUrl}/api/carts/initialize`, {}],
    [400, `${shoppingUrl}/api/carts/${empty.body.value}/items`, { sku: 'SKU-999', quantity: 1 }],
    [400, `${shoppingUrl}/api/carts/${empty.body.value}/items`, { sku: 'SKU-001', quantity: 0 }],
    [400, `${shoppingUrl}/api/carts/${empty.body.value}/items`, { sku: 'SKU-001', quantity: '1' }],
    [400, `${shoppingUrl}/api/carts/${empty.body.value}/items`, { ...item, unitPrice: 0.001 }],
    [400, `${shoppingUrl}/api/carts/${empty.body.value}/checkout`],
    [404, `${shoppingUrl}/api/carts/${randomUUID()}/items`, item],
    [404, `${shoppingUrl}/api/carts/${randomUUID()}/checkout`],
    [404, `${shoppingUrl}/api/checkouts/${randomUUID()}/payment-method`, { paymentMethodToken: 'tok' }],
    [404, `${shoppingUrl}/api/checkouts/${randomUUID()}/complete`],
    [409, `${shoppingUrl}/api/carts/${cart.body.value}/items`, item],
    [400, `${ordersUrl}/api/orders/${orderId}/complete`, { shippingMethod: 'standard' }],
    [404, `${ordersUrl}/api/orders/${randomUUID()}/complete`, shopper.submission],
  ];
  for (const [status, url, content] of requests) {
    expect({ url, ...(await send('POST', url, content)) }).toMatchObject({ url, status });
  }
  expect((await shopper.read(randomUUID())).status).toBe(404);
  expect((await shopper.read(orderId)).status).toBe(404);
});

test('a call that announces JSON may come without a body, but not with half of one', async () => {
  const cart = await send('POST', `${ground.shoppingUrl}/api/carts`, { customerId: randomUUID() });
  await send('POST', `${ground.shoppingUrl}/api/carts/${cart.body.value}/items`, { sku: 'SKU-001', quantity: 1 });
  const post = (body: string) =>
    fetch(`${ground.shoppingUrl}/api/carts/${cart.body.value}/checkout`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
    });
  expect((await post('{"a":')).status).toBe(400);
  expect((await post('')).status).toBe(201);
});

test('a checkout without address and payment can not be completed', async () => {
  const shopper = new Shopper(ground);
  await shopper.fillCart();
  const cart = await send('POST', `${ground.shoppingUrl}/api/carts`, { customerId: shopper.customerId });
  const checkout = await send('POST', `${ground.shoppingUrl}/api/carts/${cart.body.value}/checkout`);
  const answer = await send('POST', `${ground.shoppingUrl}/api/checkouts/${checkout.body.value}/complete`);
  expect(answer.status).toBe(400);
});

test('a message that nobody can digest is dead-lettered, and the queue goes on', async () => {
  const before = await depthOf(ground, 'inventory.dead-letter');
  const orderId = randomUUID();
  await publish(ground, { type: 'PaymentCaptured', body: { orderId, amountCents: 1, lineItems: [] } });
  await poll('it is dead-lettered', async () => (await depthOf(ground, 'inventory.dead-letter')) === before + 1);
  const shopper = new Shopper(ground);
  await completed(shopper, await shopper.order());
});

test('the reader may read what the queries need, and nothing else', async () => {
  const { host, port, database } = ground.database.config;
  const reader = postgres({
    host,
    port,
    database,
    username: 'stampede_reader',
    password: "a reader's password",
    max: 1,
  });
  try {
    for (const query of [effectQueries.orders, effectQueries.effects]) await reader.unsafe(query, [[randomUUID()]]);
    expect(await reader.unsafe(effectQueries.totals)).toHaveLength(3);
    await expect(reader`select * from orders.drafts`).rejects.toThrow('permission denied');
    for (const table of readableTables) {
      await expect(reader`delete from ${reader(table)}`).rejects.toThrow(/permission denied|read-only/);
    }
  } finally {
    await reader.end();
  }
});

test('a second migration leaves everything as it is', async () => {
  const before = await readTotals(ground);
  await ground.migrate();
  expect(await readTotals(ground)).toEqual(before);
});

test.each(SERVICES)('%s says that it lives, that it is ready, and how it does', async (service) => {
  expect((await fetch(`${ground.urlOf(service)}/health/live`)).status).toBe(200);
  expect(await (await fetch(`${ground.urlOf(service)}/health/ready`)).json()).toEqual({ ready: true, reasons: [] });
  expect(await (await fetch(`${ground.urlOf(service)}/metrics`)).text()).toMatch(`service="${service}"`);
});
