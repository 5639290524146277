import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { TapReader, type TapSource } from './tap-reader.ts';

const TAP = 'tap';

/** One channel after the other; what is not acknowledged on one comes again on the next. */
class FakeBroker {
  readonly messages: string[] = [];
  channels = 0;

  acquire = async () => {
    this.channels += 1;
    const channel = new EventEmitter();
    let deliveryTag = 0;
    const give = (take: (message: object) => void) => {
      for (const orderId of this.messages.slice(deliveryTag)) {
        deliveryTag += 1;
        take({ exchange: 'orders', type: 'OrderPlaced', messageId: orderId, correlationId: orderId, deliveryTag });
      }
    };
    return Object.assign(channel, {
      active: true,
      basicQos: async () => undefined,
      basicConsume: async ({ queue }: { readonly queue: string }, take: (message: object) => void) => {
        if (queue === TAP) give(take);
        return { consumerTag: 'c' };
      },
      basicCancel: async () => undefined,
      basicGet: async () => undefined,
      basicAck: ({ deliveryTag: upTo }: { readonly deliveryTag: number }) => {
        this.messages.splice(0, upTo);
      },
      close: async () => {
        Object.assign(channel, { active: false });
        channel.emit('close');
      },
    });
  };
}

it('acknowledges nothing that it could not write down: it comes again, and is written when the disk has room', async () => {
  const broker = new FakeBroker();
  broker.messages.push('order-1', 'order-2');
  const file = join(temporaryFolder(), 'not-there-yet', 'events.ndjson');
  const queues = { tap: TAP, overflow: 'overflow' };
  const source = { connection: broker, queues, deadLetters: [], file, nowMs: () => 7 } as unknown as TapSource;
  const reader = new TapReader(source);
  await expect.poll(() => broker.channels, { timeout: 5000 }).toBe(2);
  expect(broker.messages).toEqual(['order-1', 'order-2']);
  mkdirSync(dirname(file));
  await expect.poll(() => broker.messages, { timeout: 5000 }).toEqual([]);
  await reader.stop();
  const orders = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).orderId);
  expect(orders).toEqual(['order-1', 'order-2']);
  expect(reader.lines).toBe(2);
});
