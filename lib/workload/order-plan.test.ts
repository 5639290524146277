import { createHash } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { orderKey, planOrder } from './order-plan.ts';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

const behaviour = { thinkTime: { minMs: 200, maxMs: 1000 }, resubmitShare: 0.01 };
const orders = (seed: number, count: number) =>
  Array.from({ length: count }, (_, number) => planOrder(seed, number, behaviour));

describe('the plan of an order', () => {
  it('is the same for the same seed and number, pauses included', () => {
    const [one, same] = [planOrder(7, 42, behaviour), planOrder(7, 42, behaviour)];
    expect(one.content).toEqual(same.content);
    expect([one.pauseMs(), one.pauseMs(), one.jitter()]).toEqual([same.pauseMs(), same.pauseMs(), same.jitter()]);
  });

  it('is another one for another seed', () => {
    const contents = (seed: number) => JSON.stringify(orders(seed, 20).map((order) => order.content));
    expect(contents(1)).not.toBe(contents(2));
  });

  it('spreads neighbouring orders over all SKUs and quantities', () => {
    const items = orders(1, 2000).flatMap((order) => order.content.lineItems);
    expect(new Set(items.map((item) => item.sku)).size).toBe(50);
    expect(new Set(items.map((item) => item.quantity))).toEqual(new Set([1, 2, 3]));
  });

  it('submits about the given share of the orders twice', () => {
    const twice = orders(1, 20_000).filter((order) => order.resubmit).length;
    expect(twice).toBeGreaterThan(140);
    expect(twice).toBeLessThan(260);
  });

  it('keeps every pause between the profile’s limits', () => {
    const pauses = orders(3, 500).map((order) => order.pauseMs());
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...pauses)).toBeLessThan(1000);
    const meanMs = pauses.reduce((sum, pause) => sum + pause, 0) / pauses.length;
    expect(meanMs).toBeGreaterThan(550);
    expect(meanMs).toBeLessThan(650);
  });
});

describe('the key of an order', () => {
  it('is a UUID that differs between runs, generators and numbers', () => {
    const names = [
      ['r1', 'g1', 0] as const,
      ['r1', 'g1', 1] as const,
      ['r1', 'g2', 0] as const,
      ['r2', 'g1', 0] as const,
    ];
    const keys = names.map(([run, generator, number]) => orderKey(run, generator, number, sha1));
    expect(new Set(keys).size).toBe(4);
    for (const key of keys)
      expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is the version 5 UUID of its name', () => {
    for (let number = 0; number < 1000; number += 1) {
      const expected = uuidV5(`a-run/g1/${number}`, Buffer.from('stampede/orders/'));
      expect(orderKey('a-run', 'g1', number, sha1)).toBe(expected);
    }
  });
});
