// Each planted defect does what its name says, on real parts, and nothing else.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DefectSettings } from './defects.ts';
import { effectQueries } from './queries.ts';
import { Ground } from './testing/order-system.ts';
import { poll } from './testing/poll.ts';
import { depthOf, handledCount, publish } from './testing/queue.ts';
import { Shopper } from './testing/shopper.ts';
import { difference, readTotals } from './testing/totals.ts';

let ground: Ground;
let stop: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  ground = await Ground.prepare();
  await ground.migrate();
});

afterEach(() => stop());

afterAll(async () => {
  await ground?.destroy();
});

async function plant(defects: DefectSettings): Promise<void> {
  stop = await ground.startInside(defects);
}

async function deadlocks(): Promise<number> {
  const [row] = await ground.database
    .sql`select deadlocks::int from pg_stat_database where datname = current_database()`;
  return row?.deadlocks;
}

test('phantom-ok: the order is acknowledged, and it is nowhere', async () => {
  await plant({ 'phantom-ok': { share: 1 } });
  const shopper = new Shopper(ground);
  const orderId = await shopper.fillCart();
  expect(await shopper.submit(orderId)).toEqual({ status: 202, body: { orderId } });
  expect((await shopper.read(orderId)).status).toBe(404);
  expect(await ground.database.sql.unsafe(effectQueries.orders, [[shopper.customerId]])).toHaveLength(0);
});

test('slow-checkout: the checkout answers late, the other calls do not', async () => {
  await plant({ 'slow-checkout': { delayMs: 1500 } });
  const shopper = new Shopper(ground);
  const startedAt = performance.now();
  const orderId = await shopper.fillCart();
  expect(performance.now() - startedAt).toBeGreaterThan(1500);
  const submittedAt = performance.now();
  await shopper.submit(orderId);
  expect(performance.now() - submittedAt).toBeLessThan(1500);
  await shopper.reaches(orderId, 'Fulfilling');
});

test('stuck-saga: the order stays in PaymentConfirmed, though its stock is committed', async () => {
  await plant({ 'stuck-saga': { share: 1 } });
  const shopper = new Shopper(ground);
  const orderId = await shopper.order();
  await poll('the stock is committed', async () => (await shopper.effects())['stock-commitment'] === 1);
  await poll('the saga has heard of both', async () => (await handledCount(ground.urlOf('orders-saga'))) === 2);
  expect((await shopper.read(orderId)).body.status).toBe('PaymentConfirmed');
  expect(await shopper.effects()).toEqual({ payment: 1, 'stock-commitment': 1 });
});

test('poison-message: the order is dead-lettered before it is paid', async () => {
  await plant({ 'poison-message': { share: 1 } });
  const before = await depthOf(ground, 'payments.dead-letter');
  const shopper = new Shopper(ground);
  const orderId = await shopper.order();
  await poll('it is dead-lettered', async () => (await depthOf(ground, 'payments.dead-letter')) === before + 1);
  expect((await shopper.read(orderId)).body.status).toBe('PendingPayment');
  expect(await shopper.effects()).toEqual({});
});

test('not-idempotent: a second submit charges a second time', async () => {
  await plant({ 'not-idempotent': {} });
  const before = await readTotals(ground);
  const shopper = new Shopper(ground);
  const orderId = await shopper.order([{ sku: 'SKU-009', quantity: 1, unitPrice: 10 }]);
  expect((await shopper.submit(orderId)).status).toBe(200);
  await poll('both charges are booked', async () => (await shopper.effects()).payment === 2);
  await shopper.reaches(orderId, 'Fulfilling');
  expect(difference(before, await readTotals(ground))).toEqual({ onHand: -1, committed: 1, capturedCents: 2000 });
});

test('not-idempotent: so does a message that comes again', async () => {
  await plant({ 'not-idempotent': {} });
  const shopper = new Shopper(ground);
  const orderId = await shopper.order();
  await shopper.reaches(orderId, 'Fulfilling');
  const [inbox] = await ground.database.sql`select message_id from payments.inbox order by received_at desc limit 1`;
  const lineItems = [{ sku: 'SKU-007', quantity: 2, unitPriceCents: 1234 }];
  const { customerId } = shopper;
  const body = { orderId, customerId, amountCents: 2468, paymentMethodToken: 'tok', lineItems };
  await publish(ground, { type: 'OrderPlaced', body }, inbox?.message_id);
  await poll('it is charged again', async () => (await shopper.effects()).payment === 2);
});

test('lock-order: the database breaks deadlocks, and the orders are done all the same', async () => {
  await plant({ 'lock-order': { share: 1 } });
  const before = await deadlocks();
  const shoppers = Array.from({ length: 30 }, () => new Shopper(ground));
  const orderIds = await Promise.all(shoppers.map((shopper) => shopper.order()));
  await Promise.all(shoppers.map((shopper, at) => shopper.reaches(orderIds[at] ?? '', 'Fulfilling', 60_000)));
  await poll('deadlocks were counted', async () => (await deadlocks()) > before);
  for (const shopper of shoppers) expect((await shopper.effects())['stock-commitment']).toBe(1);
});

test('a defect hits only its share: the other orders are as honest as ever', async () => {
  await plant({ 'phantom-ok': { share: 0.5 } });
  const shoppers = Array.from({ length: 40 }, () => new Shopper(ground));
  const orderIds = await Promise.all(shoppers.map((shopper) => shopper.order()));
  const answers = await Promise.all(shoppers.map((shopper, at) => shopper.read(orderIds[at] ?? '')));
  const there = shoppers.filter((_, at) => answers[at]?.status === 200);
  expect(there.length).toBeGreaterThan(5);
  expect(there.length).toBeLessThan(35);
  for (const shopper of there) {
    await poll('all is done', async () => (await shopper.effects())['fulfilment-request'] === 1);
    expect(await shopper.effects()).toEqual({ payment: 1, 'stock-commitment': 1, 'fulfilment-request': 1 });
  }
});
