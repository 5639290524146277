import { describe, expect, it } from 'vitest';
import { check, checkOne } from '../testing/check.ts';
import { ABSENT, idOf, UNANSWERED } from '../testing/order-script.ts';
import { Scene } from '../testing/scene.ts';
import { orderEvents } from './order-events.ts';

/** Taken, never final, and without any effect. */
const UNMOVED = { sees: 'PendingPayment', completionMs: null, effects: {} } as const;

describe('events of orders', () => {
  it('pass when OrderPlaced was seen of every acknowledged order', async () => {
    expect(await checkOne(orderEvents, new Scene().orders(3).tapped())).toEqual({
      id: 'order-events',
      kind: 'integrity',
      status: 'pass',
      promised: true,
      observed: 0,
      samples: 3,
      message: 'OrderPlaced was seen of 3 acknowledged orders',
    });
  });

  it('fail for one completed order that was never published, and name it', async () => {
    const finding = await checkOne(
      orderEvents,
      new Scene()
        .orders(3)
        .order('silent')
        .tapped({ unheard: ['silent'] }),
    );
    expect(finding).toMatchObject({ status: 'fail', observed: 1, samples: 4 });
    expect(finding.message).toBe('1 of 4 acknowledged orders without OrderPlaced');
    expect(finding.evidence).toMatchObject({
      silent: { count: 1, listed: [{ key: 'silent', orderId: idOf('silent') }] },
    });
  });

  it('fail for an order that was acknowledged and neither stored nor published', async () => {
    const scene = new Scene()
      .orders(3)
      .order('phantom', { finalRead: ABSENT })
      .tapped({ unheard: ['phantom'] });
    expect(await checkOne(orderEvents, scene)).toMatchObject({ status: 'fail', observed: 1 });
  });

  it('fail for an order whose event was published and had no effect, though every queue is empty', async () => {
    const finding = await checkOne(orderEvents, new Scene().orders(3).order('gone', UNMOVED).tapped());
    expect(finding).toMatchObject({ status: 'fail', observed: 1 });
    expect(finding.message).toContain('whose OrderPlaced is lost');
    expect(finding.evidence).toMatchObject({ swallowed: { count: 1, listed: [{ key: 'gone', fate: 'stuck' }] } });
  });

  it.each([
    ['its message was dead-lettered', UNMOVED, { deadLetters: [{ orderId: idOf('open') }] }],
    [
      'its stock is committed: its saga stands still',
      { ...UNMOVED, effects: { payment: 1, 'stock-commitment': 1 } },
      {},
    ],
  ])('pass for an order that is stuck when %s', async (_why, script, told) => {
    const scene = new Scene().orders(3).order('open', script).tapped(told);
    expect(await checkOne(orderEvents, scene)).toMatchObject({ status: 'pass' });
  });

  it('pass for an order that is stuck while a queue still holds messages', async () => {
    const looks = [-1_000, 18_000, 38_000, 58_000, 77_000].map((atMs) => ({ atMs, depth: 1 }));
    const scene = new Scene().orders(3).order('waits', UNMOVED).watched(looks).tapped();
    expect(await checkOne(orderEvents, scene)).toMatchObject({ status: 'pass' });
  });

  it('fail for a stuck order without event, when later orders were published and the stuck time is over', async () => {
    const scene = new Scene()
      .order('unsent', UNMOVED)
      .orders(3)
      .tapped({ unheard: ['unsent'] });
    expect(await checkOne(orderEvents, scene)).toMatchObject({ status: 'fail', observed: 1 });
  });

  it('are inconclusive for a stuck order without event while the platform has not recovered from a fault', async () => {
    const never = { fromMs: 20_300, toMs: 200_000, how: 'refuses' } as const;
    const scene = new Scene()
      .order('unsent', UNMOVED)
      .orders(3)
      .tapped({ unheard: ['unsent'] })
      .broken([{ key: 'kill', atMs: 20_000 }], [never]);
    expect(await checkOne(orderEvents, scene)).toMatchObject({ status: 'inconclusive' });
  });

  it.each([
    ['nothing later was published', ['early'], 100_000],
    ['the stuck time is not over', ['late'], 20_000],
  ])('are inconclusive for a stuck order without event, when %s', async (_why, after, endAtMs) => {
    const unsent = { ...UNMOVED, atMs: 1_000 };
    const others = { early: { atMs: 0 }, late: { atMs: 2_000 } };
    const scene = new Scene().order('unsent', unsent);
    for (const key of after) scene.order(key, others[key as keyof typeof others]);
    const finding = await checkOne(orderEvents, scene.tapped({ unheard: ['unsent'], endAtMs }));
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true });
    expect(finding.message).toContain('may still wait with its publisher');
  });

  it.each([
    ['the tap overflowed', { overflowed: true }, 'overflowed'],
    ['the tap was not read to its end', { finished: false }, 'not read to its end'],
    ['nothing of that name came', { event: 'orderPlaced' }, 'no OrderPlaced was seen at all'],
  ])('are inconclusive when %s', async (_why, told, message) => {
    const finding = await checkOne(orderEvents, new Scene().orders(3).tapped(told));
    expect(finding).toMatchObject({
      status: 'inconclusive',
      promised: true,
      message: expect.stringContaining(message),
    });
  });

  it('are inconclusive when no order was acknowledged', async () => {
    const scene = new Scene().orders(2, { submit: 'info', finalRead: UNANSWERED }).tapped();
    expect(await checkOne(orderEvents, scene)).toMatchObject({ status: 'inconclusive' });
  });

  describe('of orders that were paid for', () => {
    const PAID = { ...UNMOVED, effects: { payment: 1 } };
    const captured = async (scene: Scene): Promise<unknown> => (await check(orderEvents, scene))[1];

    it('pass when PaymentCaptured was seen of each', async () => {
      expect(await captured(new Scene().orders(3).tapped({ captured: [] }))).toMatchObject({
        status: 'pass',
        samples: 3,
        message: 'PaymentCaptured was seen of 3 paid orders',
      });
    });

    it('fail for one that was never published, and for one whose event had no effect', async () => {
      const scene = new Scene()
        .orders(2, PAID, 'paid')
        .orders(3)
        .tapped({ captured: ['paid-1'] });
      expect(await captured(scene)).toMatchObject({
        status: 'fail',
        observed: 2,
        message: expect.stringMatching(/^1 of 5 paid orders without PaymentCaptured; 1 of 5 .* no stock-commitment/),
      });
    });

    it('are not measured where effects could not be read, and say so', async () => {
      const scene = new Scene().orders(3).withFailedQueries().tapped({ captured: [] });
      expect(await check(orderEvents, scene)).toMatchObject([
        { status: 'pass', message: 'OrderPlaced was seen of 3 acknowledged orders' },
        { status: 'not-measured', promised: false, message: expect.stringMatching(/^PaymentCaptured not measured/) },
      ]);
    });

    it('say nothing where no order was paid for', async () => {
      const scene = new Scene().orders(3, { sees: 'PaymentFailed', effects: {} }).tapped({ captured: [] });
      expect(await check(orderEvents, scene)).toMatchObject([{ status: 'pass', samples: 3 }]);
    });
  });

  it('are not measured without a tap, and the finding says what is left', async () => {
    const finding = await checkOne(orderEvents, new Scene().orders(3));
    expect(finding).toMatchObject({ status: 'not-measured', promised: false });
    expect(finding.message).toContain('effects alone');
  });
});
