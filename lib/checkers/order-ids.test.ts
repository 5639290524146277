import { describe, expect, it } from 'vitest';
import { orderIds } from './order-ids.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

describe('the ids of orders', () => {
  it('pass when every acknowledged order has one of its own', async () => {
    expect(await checkOne(orderIds, new Scene().orders(3))).toMatchObject({
      kind: 'integrity',
      status: 'pass',
      samples: 3,
    });
  });

  it('fail when two customers were told the same order', async () => {
    const { evidence } = await changed((orders) => {
      const [first, second] = [...orders.values()];
      if (first !== undefined && second !== undefined) orders.set(second.key, { ...second, orderId: first.orderId });
    });
    const [finding] = orderIds(evidence, []);
    expect(finding).toMatchObject({ status: 'fail' });
    expect(finding?.message).toContain('1 order acknowledged under the id of another one');
  });

  it('fail when the store has an order under another id than was told', async () => {
    const finding = await checkOne(orderIds, new Scene().orders(3).order('odd', { storedId: 'elsewhere' }));
    expect(finding).toMatchObject({ status: 'fail' });
    expect(finding.evidence).toMatchObject({ elsewhere: { listed: [{ key: 'odd', storedId: 'elsewhere' }] } });
  });

  it('are inconclusive when no order was acknowledged', async () => {
    expect(await checkOne(orderIds, new Scene())).toMatchObject({ status: 'inconclusive' });
  });
});

type Orders =
  Awaited<ReturnType<Scene['evidence']>>['history']['orders'] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never;

async function changed(change: (orders: Orders) => void) {
  const evidence = await new Scene().orders(3).evidence();
  const orders: Orders = new Map([...evidence.history.orders].map(([key, order]) => [key, snapshot(order)]));
  change(orders);
  return { evidence: { ...evidence, history: { ...evidence.history, orders } } };
}

/** A plain copy: a folded order has accessors, which a spread leaves out. */
function snapshot<T extends { submission: unknown }>(order: T): T {
  return { ...order, submission: order.submission };
}
