import { describe, expect, it } from 'vitest';
import { noEffectDuplicated } from './no-effect-duplicated.ts';
import { checkOne } from './testing/check.ts';
import { ABSENT } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

describe('S1-DUP', () => {
  it('passes when no effect happened twice, and says how many orders were submitted twice', async () => {
    const scene = new Scene().orders(3).order('twice', { resubmit: 'ok' });
    expect(await checkOne(noEffectDuplicated, scene)).toMatchObject({
      id: 'S1-DUP',
      kind: 'integrity',
      status: 'pass',
      promised: true,
      message: 'no effect of 4 orders happened twice; 1 resubmit among them',
    });
  });

  it('fails for a single duplicated payment, and names the order', async () => {
    const scene = new Scene().orders(3).order('paid-twice', { effects: { payment: 2 } });
    const finding = await checkOne(noEffectDuplicated, scene);
    expect(finding).toMatchObject({ status: 'fail', observed: 1 });
    expect(finding.message).toBe('1 order with an effect more than once (1 payment)');
    expect(finding.evidence).toEqual({
      duplicated: { count: 1, listed: [{ key: 'paid-twice', orderId: 'id-of-paid-twice', times: { payment: 2 } }] },
    });
  });

  it('fails also where the run was given no such bound', async () => {
    const evidence = await new Scene()
      .orders(3)
      .order('paid-twice', { effects: { payment: 2 } })
      .evidence();
    const [finding] = noEffectDuplicated(evidence, []);
    expect(finding).toMatchObject({ id: 'no-effect-duplicated', status: 'fail', promised: false });
  });

  it('fails for effects under an order id that no order has', async () => {
    const finding = await checkOne(noEffectDuplicated, new Scene().orders(3).strayEffect('nobody'));
    expect(finding).toMatchObject({ status: 'fail', evidence: { strays: { listed: [{ orderId: 'nobody' }] } } });
  });

  it('fails for a duplicated effect of an order that was not even acknowledged', async () => {
    const scene = new Scene().order('unknown', { submit: 'info', effects: { payment: 2 } });
    expect(await checkOne(noEffectDuplicated, scene)).toMatchObject({ status: 'fail' });
  });

  it('fails when one order became two in the store, and adds up their effects', async () => {
    const finding = await checkOne(noEffectDuplicated, new Scene().orders(3).order('two', { rows: 2 }));
    expect(finding.message).toBe('1 order with an effect more than once (1 order)');
  });

  it('fails when a resubmit was answered with another order, also without queries', async () => {
    const scene = new Scene().order('two', { resubmit: 'ok', resubmitOrderId: 'another' }).withoutQueries();
    expect(await checkOne(noEffectDuplicated, scene)).toMatchObject({ status: 'fail' });
  });

  it('is not measured, and promised, when the target has no queries', async () => {
    const finding = await checkOne(noEffectDuplicated, new Scene().orders(3).withoutQueries());
    expect(finding).toMatchObject({ status: 'not-measured', promised: true });
    expect(finding.message).toBe('effects not measured: the target has no effects query');
  });

  it('is inconclusive when the queries failed, and when no order is there', async () => {
    expect(await checkOne(noEffectDuplicated, new Scene().orders(3).withFailedQueries())).toMatchObject({
      status: 'inconclusive',
    });
    expect(await checkOne(noEffectDuplicated, new Scene().orders(3, { finalRead: ABSENT }))).toMatchObject({
      status: 'inconclusive',
    });
  });
});
