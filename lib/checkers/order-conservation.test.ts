import { describe, expect, it } from 'vitest';
import { orderConservation, orderRows } from './order-conservation.ts';
import { checkOne } from './testing/check.ts';
import { ABSENT, UNANSWERED } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

describe('conservation of orders', () => {
  it('holds for every mixture of fates', async () => {
    const scene = new Scene()
      .orders(3)
      .order('failed', { sees: 'OutOfStock' })
      .order('stuck', { completionMs: null, sees: 'Placed' })
      .order('lost', { finalRead: ABSENT })
      .order('never', { submit: 'info', finalRead: ABSENT });
    expect(await checkOne(orderConservation, scene)).toMatchObject({
      status: 'pass',
      promised: true,
      message: '6 acknowledged = 3 completed + 1 failed + 1 stuck + 1 lost + 0 unread',
    });
  });

  it('fails as a defect of the suite when the record of an order contradicts its fate', async () => {
    const evidence = await new Scene().orders(2).evidence();
    const [first] = evidence.history.orders.values();
    if (first === undefined) throw new Error('the scene has no order');
    const orders = new Map(evidence.history.orders).set(first.key, {
      ...first,
      key: first.key,
      submission: 'refused',
      acknowledgedMs: 1,
    });
    const [finding] = orderConservation({ ...evidence, history: { ...evidence.history, orders } }, []);
    expect(finding).toMatchObject({ kind: 'suite', status: 'fail' });
  });

  it('is inconclusive without orders', async () => {
    expect(await checkOne(orderConservation, new Scene())).toMatchObject({ status: 'inconclusive' });
  });
});

describe("rows in the platform's store", () => {
  it('are as many as orders are there', async () => {
    const scene = new Scene()
      .orders(3)
      .order('recovered', { submit: 'info' })
      .order('contradicted', { submit: 'fail', finalRead: 'Placed' })
      .order('lost', { finalRead: ABSENT })
      .order('fallen-back', { sees: 'Shipped', finalRead: 'Placed' });
    expect(await checkOne(orderRows, scene)).toMatchObject({ status: 'pass', observed: 6, limit: 6, promised: true });
  });

  it('fail when one order has two', async () => {
    const finding = await checkOne(orderRows, new Scene().orders(3).order('two', { rows: 2 }));
    expect(finding).toMatchObject({ kind: 'integrity', status: 'fail', observed: 5, limit: 4 });
    expect(finding.message).toBe("the platform's store holds 5 orders of this run, it should hold 4");
  });

  it('fail when HTTP shows an order that the store does not have', async () => {
    const scene = new Scene().orders(3).order('ghost', { finalRead: 'Fulfilling', row: ABSENT });
    expect(await checkOne(orderRows, scene)).toMatchObject({ status: 'fail', observed: 3, limit: 4 });
  });

  it('are inconclusive when the query failed, and not measured when there is none', async () => {
    expect(await checkOne(orderRows, new Scene().orders(3).withFailedQueries())).toMatchObject({
      status: 'inconclusive',
      promised: true,
    });
    const without = new Scene().orders(3, { finalRead: UNANSWERED }).withoutQueries();
    expect(await checkOne(orderRows, without)).toMatchObject({ status: 'not-measured', promised: false });
  });
});
