// The tap on a platform's events, on a real RabbitMQ: it copies, takes nothing from anyone, and leaves nothing behind.

import { join } from 'node:path';
import type { Channel } from 'rabbitmq-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TappedFold } from '../lib/checkers/events/fold-tapped.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { TapLine } from '../lib/model/tapped.ts';
import type { TapAccess } from '../lib/model/target.ts';
import { EventTap } from '../runner/tap/event-tap.ts';
import { type TapLimits, USUAL_LIMITS } from '../runner/tap/tap-queue.ts';
import { loopbackAddress } from '../testbed/order-system/testing/loopback-address.ts';
import { poll } from '../testbed/order-system/testing/poll.ts';
import { startBroker, type ThrowawayBroker } from '../testbed/order-system/testing/throwaway-broker.ts';
import { linesOf } from './harness/stampede.ts';

const QUORUM = { 'x-queue-type': 'quorum' } as const;
const nowMs = (): number => Date.now();
let folder: string;
let broker: ThrowawayBroker;
let channel: Channel;
let access: TapAccess;
let file: string;
let run: string;
let runs = 0;
const taps: EventTap[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  const host = loopbackAddress();
  broker = await startBroker(folder, host);
  access = {
    nodes: [{ host, port: 5672 }],
    vhost: '/',
    user: 'orders',
    password: `file:${broker.passwordFile}`,
    placed: { exchange: 'orders', routingKey: 'order-placed', type: 'OrderPlaced' },
    deadLetters: [{ exchange: 'graves', routingKey: 'payments.dead' }],
  };
  channel = await broker.connection.acquire();
  await channel.exchangeDeclare({ exchange: 'orders', type: 'topic', durable: true });
  await channel.exchangeDeclare({ exchange: 'graves', type: 'direct', durable: true });
  const dying = { ...QUORUM, 'x-dead-letter-exchange': 'graves', 'x-dead-letter-routing-key': 'payments.dead' };
  await channel.queueDeclare({ queue: 'payments', durable: true, arguments: dying });
  await channel.queueDeclare({ queue: 'payments.dead', durable: true, arguments: QUORUM });
  await channel.queueBind({ queue: 'payments', exchange: 'orders', routingKey: 'order-placed' });
  await channel.queueBind({ queue: 'payments.dead', exchange: 'graves', routingKey: 'payments.dead' });
});
beforeEach(async () => {
  runs += 1;
  run = `run-${runs}`;
  file = join(folder, `${run}.ndjson`);
  channel = await broker.connection.acquire();
  for (const queue of ['payments', 'payments.dead']) await channel.queuePurge({ queue });
});
afterEach(async () => {
  for (const tap of taps.splice(0)) await tap.close();
});
afterAll(async () => {
  await broker?.stop();
});

async function opened(parts: Partial<TapAccess> = {}, limits: Partial<TapLimits> = {}): Promise<EventTap> {
  const tap = await EventTap.open({ ...access, ...parts }, run, { nowMs, limits: { ...USUAL_LIMITS, ...limits } });
  taps.push(tap);
  return tap;
}

async function place(count: number, first = 1): Promise<void> {
  const publisher = broker.connection.createPublisher({ confirm: true });
  const orders = Array.from({ length: count }, (_, index) => `order-${first + index}`);
  await Promise.all(
    orders.map((correlationId) =>
      publisher.send(
        { ...access.placed, type: 'OrderPlaced', correlationId, messageId: `m-${correlationId}`, durable: true },
        { correlationId },
      ),
    ),
  );
  await publisher.close();
}

const tapLines = (): readonly TapLine[] => linesOf(file) as unknown as readonly TapLine[];
const finish = (tap: EventTap) => tap.finish(new AbortController().signal);
const depthOf = async (queue: string) => (await broker.connection.queueDeclare({ queue, passive: true })).messageCount;

function folded() {
  const fold = new TappedFold();
  for (const line of tapLines()) fold.add(line);
  return fold.result();
}

async function queuesLeft(): Promise<readonly string[]> {
  const names = [`stampede-tap.${run}`, `stampede-tap.${run}.overflow`];
  const there = await Promise.all(
    names.map((queue) =>
      depthOf(queue).then(
        () => [queue],
        () => [],
      ),
    ),
  );
  return there.flat();
}

describe('the tap on events', () => {
  it('copies every event from the moment it is open, read early or late, and takes none from the platform', async () => {
    const tap = await opened();
    await place(30);
    tap.readInto(file);
    await poll('some lines', () => tapLines().length > 0);
    await place(30, 31);
    await finish(tap);
    const { orderIds, deadLetters, end } = folded();
    expect(orderIds.get('OrderPlaced')?.size).toBe(60);
    expect([deadLetters, end?.overflowed]).toEqual([[], false]);
    expect(await depthOf('payments')).toBe(60);
  });

  it('keeps of a message whose it is, and never what is in it', async () => {
    const tap = await opened();
    tap.readInto(file);
    await place(1);
    await finish(tap);
    expect(tapLines()).toEqual([
      {
        v: 1,
        type: 'event',
        timeMs: expect.any(Number),
        event: 'OrderPlaced',
        orderId: 'order-1',
        messageId: 'm-order-1',
      },
      { v: 1, type: 'end', timeMs: expect.any(Number), lines: 1, overflowed: false },
    ]);
  });

  it('sees dead letters where they go, by order, queue and reason, and leaves them there', async () => {
    const tap = await opened();
    tap.readInto(file);
    await place(2);
    const given = await channel.basicGet({ queue: 'payments' });
    channel.basicNack({ deliveryTag: given?.deliveryTag ?? 0, requeue: false });
    await poll('the dead letter', async () => (await depthOf('payments.dead')) === 1);
    await finish(tap);
    expect(folded().deadLetters).toMatchObject([{ orderId: 'order-1', queue: 'payments', reason: 'rejected' }]);
    expect(await depthOf('payments.dead')).toBe(1);
  });

  it('says that it overflowed when more came than it holds, and never turns the platform away', async () => {
    const tap = await opened({}, { most: 10 });
    await place(25);
    tap.readInto(file);
    await finish(tap);
    expect(folded().end).toMatchObject({ overflowed: true });
    expect(await depthOf('payments')).toBe(25);
  });

  it('loses nothing when the broker is restarted under it', async () => {
    const tap = await opened();
    tap.readInto(file);
    await place(20);
    await broker.halt();
    await broker.resume();
    await place(20, 21);
    await finish(tap);
    expect(folded().orderIds.get('OrderPlaced')?.size).toBe(40);
    expect(folded().end).toMatchObject({ overflowed: false });
  });

  it('removes its queues when it is closed, also when it was never read, and the platform goes on', async () => {
    const tap = await opened();
    await place(5);
    expect(await queuesLeft()).toHaveLength(2);
    expect(await tap.close()).toBeNull();
    expect(await queuesLeft()).toEqual([]);
    await place(1);
  });

  it('is removed by the broker itself when the suite is gone', async () => {
    await opened({}, { expiresMs: 1_000 });
    expect(await queuesLeft()).toHaveLength(2);
    await poll('the end of both queues', async () => {
      // Asking for a queue would keep it alive; a message that no queue takes comes back.
      const returned: string[] = [];
      const publisher = broker.connection.createPublisher({ confirm: true });
      publisher.on('basic.return', ({ routingKey }) => returned.push(routingKey));
      for (const routingKey of [`stampede-tap.${run}`, `stampede-tap.${run}.overflow`]) {
        await publisher.send({ routingKey, mandatory: true }, 'anybody?');
      }
      await publisher.close();
      return returned.length === 2;
    });
  });

  it('does not end well when somebody removed its queue meanwhile', async () => {
    const tap = await opened();
    tap.readInto(file);
    await place(3);
    await poll('three lines', () => tapLines().length === 3);
    await channel.queueDelete({ queue: `stampede-tap.${run}` });
    await expect(tap.finish(AbortSignal.timeout(1_000))).rejects.toThrow('no queue');
    expect(folded().end).toBeNull();
  });

  it.each([
    ['an exchange that does not exist', { placed: { exchange: 'nowhere', routingKey: '', type: 'x' } }, 'nowhere'],
    ['a user that may not', { user: 'stranger' }, 'cannot be reached'],
    ['a port where nobody listens', { nodes: [{ host: '127.0.0.1', port: 9 }] }, '127.0.0.1:9'],
  ])('refuses %s with 69, and leaves nothing', async (_what, parts, message) => {
    await expect(opened(parts)).rejects.toMatchObject({ exitCode: 69, message: expect.stringContaining(message) });
    expect(await queuesLeft()).toEqual([]);
  });
});
