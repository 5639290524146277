import { describe, expect, it } from 'vitest';
import { pauseMs, planOrder } from './order-plan.ts';

const behaviour = { thinkTime: { minMs: 200, maxMs: 1000 }, resubmitShare: 0.01 };
const orders = (seed: number, count: number) =>
  Array.from({ length: count }, (_, number) => planOrder(seed, number, behaviour));

describe('the plan of an order', () => {
  it('is the same for the same seed and number, pauses included', () => {
    const [one, same] = [planOrder(7, 42, behaviour), planOrder(7, 42, behaviour)];
    expect(one.content).toEqual(same.content);
    expect([pauseMs(one), pauseMs(one), one.draw()]).toEqual([pauseMs(same), pauseMs(same), same.draw()]);
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
    const pauses = orders(3, 500).map((order) => pauseMs(order));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...pauses)).toBeLessThan(1000);
    const meanMs = pauses.reduce((sum, pause) => sum + pause, 0) / pauses.length;
    expect(meanMs).toBeGreaterThan(550);
    expect(meanMs).toBeLessThan(650);
  });
});
