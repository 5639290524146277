import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessagePlan } from '../../config/message-plan.ts';
import type { Channel, ConsumeSummary, Delivery } from '../../k6/amqp.ts';
import { k6 } from '../testing/fake-k6.ts';
import type { Conductor } from './conductor.ts';
import { consumeMessages } from './consume-messages.ts';

vi.mock('../../k6/ledger.ts', () => import('../testing/fake-k6.ts'));
vi.mock('../../k6/http.ts', () => import('../testing/fake-k6.ts'));
vi.mock('../../k6/timers.ts', () => ({ setTimeout: (done: () => void) => void Promise.resolve().then(done) }));

const plan = { queue: 'q' } as unknown as MessagePlan;
const SUMMARY: ConsumeSummary = { reason: 'stopped', delivered: 0, redelivered: 0, resumed: 0 };

beforeEach(() => k6.reset(() => ({ status: 200 })));

const delivery = (messageId: string, isOpen = true, redelivered = false): Delivery =>
  ({
    ...{ messageId, redelivered, deliveryCount: redelivered ? 1 : 0 },
    ack: () => {
      k6.events.push('ack');
      return isOpen;
    },
  }) as unknown as Delivery;

/** Each subscription gives its deliveries; an ended one then ends by itself, the last one when it is told. */
async function consume(subscriptions: readonly (readonly Delivery[])[], asks: number) {
  let subscribed = 0;
  let told: unknown;
  let left = asks;
  const channel = {
    consume: (_options: object, handler: (delivery: Delivery) => void) => {
      for (const each of subscriptions[subscribed] ?? []) handler(each);
      subscribed += 1;
      const isLast = subscribed >= subscriptions.length;
      let end: () => void = () => undefined;
      const stopped = new Promise<void>((resolve) => {
        end = resolve;
      });
      const finished = isLast ? stopped.then(() => SUMMARY) : Promise.reject(new Error('the queue is gone'));
      return { stop: () => end(), finished };
    },
  } as unknown as Channel;
  const conductor = {
    ask: (progress: unknown) => {
      told = progress;
      left -= 1;
      return left < 0 ? 'stop' : 'stream';
    },
  } as unknown as Conductor;
  await consumeMessages({ plan, channel, conductor, process: 'vu5' });
  return { told, subscribed };
}

describe('a consumer', () => {
  it('does not take what goes wrong in the suite itself for a queue that is gone', async () => {
    const broken = { ...delivery('m-1'), ack: () => Promise.reject(new Error('never')) } as unknown as Delivery;
    Object.defineProperty(broken, 'messageId', {
      get: () => {
        throw new Error('a defect');
      },
    });
    await expect(consume([[broken], []], 3)).rejects.toThrow('a defect');
  });

  it('writes a delivery down before it is acknowledged, with what the broker says of it', async () => {
    const { told } = await consume([[delivery('m-1', true, true)]], 3);
    expect(k6.events).toEqual(['begin consume', 'ack']);
    const value = { redelivered: true, deliveryCount: 1, queue: 'q' };
    expect(k6.operations).toMatchObject([{ f: 'consume', key: 'm-1', value, outcome: 'ok' }]);
    expect(told).toEqual({ process: 'vu5', published: 0, acked: 0, delivered: 1 });
  });

  it('says that an acknowledgement was certainly not sent', async () => {
    await consume([[delivery('m-1', false)]], 3);
    expect(k6.operations).toMatchObject([{ outcome: 'fail', completion: { code: 'channel_closed' } }]);
  });

  it('writes down also what has no id', async () => {
    await consume([[delivery('')]], 3);
    expect(k6.operations).toMatchObject([{ key: '(no message id)' }]);
  });

  it('subscribes again when the broker ends its subscription', async () => {
    const { subscribed } = await consume([[delivery('m-1')], [delivery('m-2')]], 8);
    expect(subscribed).toBe(2);
    expect(k6.operations.map(({ key }) => key)).toEqual(['m-1', 'm-2']);
  });
});
