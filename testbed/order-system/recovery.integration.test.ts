// The order system under faults: what it has acknowledged reaches its end once, whatever restarts, breaks or is cut off.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ServiceName } from './config.ts';
import { brokerQueues } from './queries.ts';
import type { Child } from './testing/child.ts';
import { SteadyLoad } from './testing/load.ts';
import { Ground } from './testing/order-system.ts';
import { poll } from './testing/poll.ts';
import { depthOf } from './testing/queue.ts';
import { Shopper } from './testing/shopper.ts';
import { difference, readTotals, type Totals } from './testing/totals.ts';

const ONE_OF_EACH = { payment: 1, 'stock-commitment': 1, 'fulfilment-request': 1 };
/** Quantity and price of the orders of the load. */
const PIECES = 2;
const CENTS = 2 * 1234;

let ground: Ground;
let services: Map<ServiceName, Child>;
let before: Totals;

beforeAll(async () => {
  ground = await Ground.prepare();
  await ground.migrate();
});

beforeEach(async () => {
  services = new Map(await ground.startProcesses());
  before = await readTotals(ground);
});

afterEach(async () => {
  await Promise.all([...services.values()].map((service) => service.stop()));
});

afterAll(async () => {
  await ground?.destroy();
});

/** Every acknowledged order has one effect of each kind, and nothing else has: the totals of all orders agree. */
async function expectNothingLostOrDoubled(load: SteadyLoad): Promise<void> {
  expect(load.acknowledged.length).toBeGreaterThan(20);
  for (const { shopper, orderId } of load.acknowledged) await shopper.reaches(orderId, 'Fulfilling', 60_000);
  await poll('the outboxes and queues are empty', isQuiet, 30_000);
  for (const { shopper } of load.acknowledged) expect(await shopper.effects()).toEqual(ONE_OF_EACH);
  const [placed] = await ground.database.sql`select count(*)::int as orders from orders.orders`;
  const change = difference(before, await readTotals(ground));
  expect(change).toEqual({
    onHand: -change.committed,
    committed: change.committed,
    capturedCents: (change.committed / PIECES) * CENTS,
  });
  expect(placed?.orders).toBeGreaterThanOrEqual(load.acknowledged.length);
  for (const queue of brokerQueues.deadLetterQueues) expect(await depthOf(ground, queue)).toBe(0);
}

async function isQuiet(): Promise<boolean> {
  const [row] = await ground.database.sql`
    select (select count(*) from orders.outbox) + (select count(*) from payments.outbox)
      + (select count(*) from inventory.outbox) as rows`;
  // Queues do not count what a consumer has in hand: an order is done when its parcel was asked for.
  const [open] = await ground.database.sql`
    select count(*)::int as orders from orders.orders left join fulfillment.requests using (order_id)
    where status <> 'Fulfilling' or requests.order_id is null`;
  const depths = await Promise.all(brokerQueues.queues.map((queue) => depthOf(ground, queue)));
  return Number(row?.rows) === 0 && open?.orders === 0 && depths.every((depth) => depth === 0);
}

async function underLoad(fault: (load: SteadyLoad) => Promise<void>): Promise<SteadyLoad> {
  const load = new SteadyLoad(ground);
  const ordersMore = (count: number) => {
    const goal = load.acknowledged.length + count;
    return poll(`${count} more orders`, async () => load.acknowledged.length >= goal, 60_000);
  };
  try {
    await ordersMore(20);
    await fault(load);
    await ordersMore(20);
  } finally {
    await load.stop();
  }
  return load;
}

test('a restart of the broker loses and doubles nothing', async () => {
  const restart = async () => {
    await ground.broker.halt();
    await ground.broker.resume();
  };
  await expectNothingLostOrDoubled(await underLoad(restart));
});

test('database connections cut again and again lose and double nothing', async () => {
  const cutThrice = async (load: SteadyLoad) => {
    for (let cut = 0; cut < 3; cut++) {
      const seen = load.acknowledged.length;
      await ground.database.cutConnections();
      await poll('orders go on', async () => load.acknowledged.length > seen);
    }
  };
  await expectNothingLostOrDoubled(await underLoad(cutThrice));
});

test.each<ServiceName>(['orders-saga', 'payments', 'inventory', 'fulfillment', 'orders-api'])(
  '%s killed in the middle of its work and started again loses and doubles nothing',
  async (name) => {
    const killAndRestart = async () => {
      services.get(name)?.process.kill('SIGKILL');
      await services.get(name)?.ended();
      services.set(name, await ground.startProcess(name));
    };
    await expectNothingLostOrDoubled(await underLoad(killAndRestart));
  },
);

test('services that are asked to stop under load end by themselves within ten seconds, and nothing is lost', async () => {
  const load = await underLoad(async () => {
    for (const [name, service] of services) {
      const askedAt = performance.now();
      expect({ name, code: await service.stop() }).toEqual({ name, code: 0 });
      expect(performance.now() - askedAt).toBeLessThan(10_000);
      services.set(name, await ground.startProcess(name));
    }
    await ground.ready();
  });
  await expectNothingLostOrDoubled(load);
});

test('a message that no queue takes stays in the outbox until one does', async () => {
  const binding = { queue: 'fulfillment-requests', exchange: 'orders', routingKey: 'fulfillment-requested' };
  await ground.broker.connection.queueUnbind(binding);
  const shopper = new Shopper(ground);
  await shopper.reaches(await shopper.order(), 'Fulfilling');
  await poll('it was returned twice', async () => {
    const rows = await ground.database.sql`select attempts from orders.outbox where type = 'FulfillmentRequested'`;
    return rows[0]?.attempts >= 2;
  });
  expect(await shopper.effects()).toEqual({ payment: 1, 'stock-commitment': 1 });
  await ground.broker.connection.queueBind(binding);
  await poll('it arrives', async () => (await shopper.effects())['fulfilment-request'] === 1);
});

test('without a broker orders are accepted and wait, and readiness says why', async () => {
  await ground.broker.halt();
  try {
    await poll(
      'payments is not ready',
      async () => (await fetch(`${ground.urlOf('payments')}/health/ready`)).status === 503,
    );
    expect(await (await fetch(`${ground.urlOf('payments')}/health/ready`)).text()).toMatch(/broker: no connection/);
    const shopper = new Shopper(ground);
    const orderId = await shopper.fillCart();
    expect((await shopper.submit(orderId)).status).toBe(202);
    expect((await shopper.read(orderId)).body.status).toBe('PendingPayment');
  } finally {
    await ground.broker.resume();
  }
  await ground.ready(60_000);
  await poll('the order that waited is done', isQuiet, 60_000);
});
