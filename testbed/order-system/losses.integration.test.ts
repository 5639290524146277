// What the planted defects that only a fault brings out lose, to the order; and that the honest order system loses nothing under the same fault.

import { afterEach, describe, expect, test } from 'vitest';
import type { ServiceName } from './config.ts';
import type { DefectSettings } from './defects.ts';
import type { Child } from './testing/child.ts';
import { Ground } from './testing/order-system.ts';
import { poll } from './testing/poll.ts';
import { depthOf } from './testing/queue.ts';
import { Shopper } from './testing/shopper.ts';

/** Placed while the fault is on. */
const AT_RISK = 20;

let ground: Ground | undefined;
let services: Map<ServiceName, Child>;

afterEach(async () => {
  await Promise.all([...(services?.values() ?? [])].map((service) => service.stop()));
  await ground?.destroy();
  ground = undefined;
});

async function prepare(defects: DefectSettings): Promise<Ground> {
  ground = await Ground.prepare();
  await ground.migrate(defects);
  services = new Map(await ground.startProcesses(defects));
  await witness(ground);
  return ground;
}

/** Places orders one after the other; each must be acknowledged. */
async function placeAtRisk(on: Ground): Promise<void> {
  for (let order = 0; order < AT_RISK; order++) {
    const shopper = new Shopper(on);
    expect((await shopper.submit(await shopper.fillCart())).status).toBe(202);
  }
}

/** Orders that wait for an event of their own that nobody has any more: not in the outbox, not in the queue, and without effect. */
async function lostAfter(on: Ground): Promise<number> {
  await witness(on);
  await poll('outbox and queues are empty', async () => (await outboxRows(on)) + (await waiting(on)) === 0, 60_000);
  // What a consumer had in its hands then comes before an order that is placed now.
  await witness(on);
  return poll('what can still end has ended', async () => settled(on), 60_000).then(({ open }) => open);
}

/** One more order, to its end: the platform works. */
async function witness(on: Ground): Promise<void> {
  const shopper = new Shopper(on);
  await shopper.reaches(await shopper.order(), 'Fulfilling', 60_000);
}

async function outboxRows({ database }: Ground): Promise<number> {
  const [row] = await database.sql`select count(*)::int as rows from orders.outbox`;
  return row?.rows;
}

async function waiting(on: Ground): Promise<number> {
  return (await depthOf(on, 'payments')) + (await depthOf(on, 'orders')) + (await depthOf(on, 'inventory'));
}

/** Every order that was paid for has ended; the others never will. */
async function settled({ database }: Ground): Promise<{ open: number } | undefined> {
  const [row] = await database.sql`
    select count(*) filter (where status = 'PendingPayment')::int as open,
      count(*) filter (where status not in ('PendingPayment', 'Fulfilling'))::int as moving
    from orders.orders`;
  return row?.moving === 0 ? { open: row.open } : undefined;
}

interface Fault {
  readonly defect: 'auto-ack' | 'no-confirms' | 'classic-transient-queue';
  readonly what: string;
  readonly strike: (on: Ground, defects: DefectSettings) => Promise<void>;
}

async function restart(on: Ground, service: ServiceName, defects: DefectSettings): Promise<void> {
  services.get(service)?.process.kill('SIGKILL');
  await services.get(service)?.ended();
  services.set(service, await on.startProcess(service, defects));
}

const FAULTS: readonly Fault[] = [
  {
    defect: 'auto-ack',
    what: 'a consumer that is killed with messages in its hands',
    strike: async (on, defects) => {
      services.get('payments')?.process.kill('SIGSTOP');
      await placeAtRisk(on);
      await poll('all were delivered', async () => (await depthOf(on, 'payments')) === 0);
      await restart(on, 'payments', defects);
    },
  },
  {
    defect: 'no-confirms',
    what: 'a broker that freezes and is killed',
    strike: async (on) => {
      on.broker.freeze();
      await placeAtRisk(on);
      await on.broker.crash();
      await on.broker.resume();
      await on.ready(60_000);
    },
  },
  {
    defect: 'classic-transient-queue',
    what: 'a broker that is killed with messages in a queue',
    strike: async (on, defects) => {
      await services.get('payments')?.stop();
      await placeAtRisk(on);
      await poll('all wait', async () => (await depthOf(on, 'payments')) === AT_RISK);
      await on.broker.crash();
      await on.broker.resume();
      services.set('payments', await on.startProcess('payments', defects));
      await on.ready(60_000);
    },
  },
];

describe.each(FAULTS)('$what', ({ defect, strike }) => {
  test(`loses every order at risk with ${defect}`, async () => {
    const defects = { [defect]: {} };
    const on = await prepare(defects);
    await strike(on, defects);
    expect(await lostAfter(on)).toBe(AT_RISK);
  });

  test('loses none otherwise', async () => {
    const on = await prepare({});
    await strike(on, {});
    await poll('every order ends', async () => (await settled(on))?.open === 0, 60_000);
  });
});
