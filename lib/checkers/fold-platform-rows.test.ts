import { describe, expect, it } from 'vitest';
import type { EffectsLine } from '../model/evidence.ts';
import { PlatformRowsFold } from './fold-platform-rows.ts';
import { Scene } from './testing/scene.ts';

const ORDER: EffectsLine = { type: 'order', orderId: 'id-1', customerId: 'a', status: 'Fulfilling' };
const PAYMENT: EffectsLine = { type: 'effect', orderId: 'id-1', kind: 'payment', count: 1 };
const ended = (query: 'orders' | 'effects', rows: number): EffectsLine => ({ type: 'query-end', query, rows });

async function fold(lines: readonly EffectsLine[]) {
  const { history } = await new Scene().order('a').evidence();
  const rows = new PlatformRowsFold(history.orders);
  for (const line of lines) rows.add(line);
  return rows.result();
}

describe("the platform's rows", () => {
  it('are read when each query came to its end', async () => {
    const result = await fold([ORDER, ended('orders', 1), PAYMENT, ended('effects', 1)]);
    expect(result.effectsRead).toBe(true);
    expect(result.orders?.get('a')).toEqual({
      rows: 1,
      status: 'Fulfilling',
      otherId: 'id-1',
      effects: { payment: 1 },
    });
  });

  it('tell nothing when the query of orders did not end, so that no order looks absent', async () => {
    expect(await fold([ORDER])).toMatchObject({ orders: null, effectsRead: false });
    expect(await fold([])).toMatchObject({ orders: null, effectsRead: false });
  });

  it('tell nothing when rows are missing before the end', async () => {
    expect((await fold([ORDER, ended('orders', 2)])).orders).toBeNull();
  });

  it('tell of orders alone when the query of effects did not end', async () => {
    const result = await fold([ORDER, ended('orders', 1), PAYMENT]);
    expect(result.orders?.size).toBe(1);
    expect(result.effectsRead).toBe(false);
  });

  it('join effects with their orders in whichever order they come, and add up what comes twice', async () => {
    const result = await fold([PAYMENT, ended('effects', 2), ORDER, ended('orders', 1), PAYMENT]);
    expect(result.orders?.get('a')?.effects).toEqual({ payment: 2 });
  });

  it('count an order with two rows, with the effects of both', async () => {
    const second: EffectsLine = { ...ORDER, orderId: 'id-2' };
    const result = await fold([
      ORDER,
      second,
      ended('orders', 2),
      PAYMENT,
      { ...PAYMENT, orderId: 'id-2' },
      ended('effects', 2),
    ]);
    expect(result.orders?.get('a')).toMatchObject({ rows: 2, effects: { payment: 2 } });
  });

  it('leave out orders that are not of this run', async () => {
    const result = await fold([{ ...ORDER, customerId: 'foreign' }, ended('orders', 1)]);
    expect(result.orders?.size).toBe(0);
  });

  it('keep totals of before and after apart', async () => {
    const result = await fold([
      { type: 'total', phase: 'before', name: 'money-captured', value: 5 },
      { type: 'total', phase: 'after', name: 'money-captured', value: 9 },
    ]);
    expect([result.totals.before.get('money-captured'), result.totals.after.get('money-captured')]).toEqual([5, 9]);
  });
});
