import { describe, expect, it } from 'vitest';
import { effectsComplete } from './effects-complete.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

describe('completed orders have all effects', () => {
  it('passes when each has a payment, a stock commitment and a fulfilment request', async () => {
    expect(await checkOne(effectsComplete, new Scene().orders(3))).toMatchObject({ status: 'pass', samples: 3 });
  });

  it('fails when a completed order was never paid', async () => {
    const scene = new Scene().orders(3).order('unpaid', { effects: { payment: 0 } });
    const finding = await checkOne(effectsComplete, scene);
    expect(finding).toMatchObject({ kind: 'integrity', status: 'fail', promised: true });
    expect(finding.message).toBe('1 of 4 completed orders without payment');
    expect(finding.evidence).toEqual({
      incomplete: { count: 1, listed: [{ key: 'unpaid', orderId: 'id-of-unpaid', missing: ['payment'] }] },
    });
  });

  it('holds a recovered order to it that says it is completed', async () => {
    const scene = new Scene().orders(3).order('recovered', { submit: 'info', effects: { 'fulfilment-request': 0 } });
    expect(await checkOne(effectsComplete, scene)).toMatchObject({ status: 'fail' });
  });

  it('asks nothing of orders that are stuck or failed', async () => {
    const scene = new Scene()
      .orders(3)
      .order('stuck', { sees: 'Placed', completionMs: null })
      .order('failed', { sees: 'OutOfStock' });
    expect(await checkOne(effectsComplete, scene)).toMatchObject({ status: 'pass', samples: 3 });
  });

  it('is inconclusive when nothing was completed or the queries failed, and not measured without queries', async () => {
    const failed = new Scene().orders(3, { sees: 'OutOfStock' });
    expect(await checkOne(effectsComplete, failed)).toMatchObject({ status: 'inconclusive' });
    expect(await checkOne(effectsComplete, new Scene().orders(3).withFailedQueries())).toMatchObject({
      status: 'inconclusive',
      promised: true,
    });
    expect(await checkOne(effectsComplete, new Scene().orders(3).withoutQueries())).toMatchObject({
      status: 'not-measured',
      promised: false,
    });
  });

  it('fail for a failed order that was charged or sent all the same', async () => {
    const charged = new Scene().orders(3).order('odd', { sees: 'PaymentFailed', effects: { payment: 1 } });
    const finding = await checkOne(effectsComplete, charged);
    expect(finding).toMatchObject({ kind: 'integrity', status: 'fail' });
    expect(finding.message).toBe('1 failed order with effects that its failure rules out: payment');
    const refunded = new Scene().orders(3).order('back', { sees: 'OutOfStock', effects: { payment: 1 } });
    expect(await checkOne(effectsComplete, refunded)).toMatchObject({ status: 'pass' });
  });
});
