import { expect, it } from 'vitest';
import type { OpenOperation } from '../history-writer.ts';
import { takeDelivery } from './drain.ts';

const message = { messageId: 'm-1', redelivered: false, deliveryTag: 7 };

function drained(active: boolean) {
  const told: unknown[] = [];
  const operation = { complete: (type: string) => told.push(type) } as unknown as OpenOperation;
  const begin = ({ key }: { key: string }) => {
    told.push(key);
    return operation;
  };
  const channel = { active, basicAck: ({ deliveryTag }: { deliveryTag: number }) => told.push(deliveryTag) };
  const seen = { deliveries: 0 };
  const reading = { queue: 'q', node: { name: 'broker-1' }, seen };
  const taken = takeDelivery(channel as never, message, reading, { history: { begin } as never, onDelivery: () => {} });
  return { taken, told, deliveries: seen.deliveries };
}

it('writes a delivery down before it acknowledges it', () => {
  expect(drained(true)).toMatchObject({ taken: true, told: [expect.stringContaining('m-1'), 7, 'ok'], deliveries: 1 });
});

it('leaves a delivery alone whose channel was closed before its turn came', () => {
  expect(drained(false)).toEqual({ taken: false, told: [], deliveries: 0 });
});
