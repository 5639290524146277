import { describe, expect, it } from 'vitest';
import { check, checkOne } from '../testing/check.ts';
import { idOf } from '../testing/order-script.ts';
import { Scene } from '../testing/scene.ts';
import { deadLettersAccounted } from './dead-letters-accounted.ts';

const risen = (deadLetters: number) => [
  ...[-1_000, 18_000, 38_000, 58_000].map((atMs) => ({ atMs, deadLetters: 0 })),
  { atMs: 77_000, deadLetters },
];
const poisoned = { sees: 'PendingPayment', completionMs: null, effects: {} };

describe('dead letters by order', () => {
  it('pass when there are none', async () => {
    expect(await checkOne(deadLettersAccounted, new Scene().orders(3).tapped())).toMatchObject({
      status: 'pass',
      observed: 0,
      message: 'no order of this run has a dead letter',
    });
  });

  it('pass when each is of an order of the run, which they name with its fate', async () => {
    const letters = [{ orderId: idOf('poison-1') }, { orderId: idOf('poison-2') }];
    const scene = new Scene()
      .orders(3)
      .orders(2, poisoned, 'poison')
      .watched(risen(2))
      .tapped({ deadLetters: letters });
    const finding = await checkOne(deadLettersAccounted, scene);
    expect(finding).toMatchObject({ status: 'pass', message: '2 dead letters of 2 orders: 2 stuck' });
    expect(finding.evidence).toMatchObject({
      deadLetters: { count: 2, listed: [{ key: 'poison-1', queue: 'payments', fate: 'stuck' }, { key: 'poison-2' }] },
    });
  });

  it('count a message that the tap got twice once, and those of others apart', async () => {
    const twice = { orderId: idOf('order-1'), messageId: 'same' };
    const scene = new Scene().orders(3).tapped({ deadLetters: [twice, twice, { orderId: 'someone-else' }] });
    expect((await checkOne(deadLettersAccounted, scene)).message).toBe(
      '1 dead letter of 1 order: 1 completed; 1 of orders that are not ours',
    );
  });

  it.each([
    ['the queues rose by more than the tap saw', { deadLetters: [{ orderId: idOf('order-1') }] }, 'rose by 2'],
    ['one names no order', { deadLetters: [{}, {}] }, 'without a correlation id'],
    ['the tap overflowed', { overflowed: true }, 'overflowed'],
    ['the tap was not read to its end', { finished: false }, 'not read to its end'],
  ])('are inconclusive when %s', async (_why, told, message) => {
    const scene = new Scene().orders(3).watched(risen(2)).tapped(told);
    expect(await checkOne(deadLettersAccounted, scene)).toMatchObject({
      status: 'inconclusive',
      promised: true,
      message: expect.stringContaining(message),
    });
  });

  it('are not measured without a tap on them; a target without any tap is spoken of elsewhere', async () => {
    const tap = { placedEvent: 'OrderPlaced', deadLetters: false };
    const scene = new Scene().orders(3).tapped();
    const withoutLetters = scene.run({ target: { ...scene.files().run.target, tap } });
    expect(await checkOne(deadLettersAccounted, withoutLetters)).toMatchObject({ status: 'not-measured' });
    expect(await check(deadLettersAccounted, new Scene().orders(3))).toEqual([]);
  });
});
