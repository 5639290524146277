import { describe, expect, it } from 'vitest';
import type { KnownOrder } from './known-orders.ts';
import { settle, type Unsettled } from './settle.ts';

const order = (key: string, acknowledged = true): KnownOrder => ({
  key,
  stage: '10',
  orderId: `o-${key}`,
  acknowledged,
});

/** Looks answer from a script; time moves one second with each. */
function scripted(looks: readonly (readonly string[] | Error)[]) {
  let nowMs = 0;
  const asked: string[][] = [];
  const unsettled: Unsettled = async (orders) => {
    const look = looks[Math.min(asked.length, looks.length - 1)] ?? [];
    asked.push(orders.map(({ key }) => key));
    nowMs += 1000;
    if (look instanceof Error) throw look;
    return orders.filter(({ key }) => look.includes(key));
  };
  const options = {
    startedMs: 0,
    stuckAfterMs: 3000,
    nowMs: () => nowMs,
    signal: new AbortController().signal,
    onLook: () => {},
  };
  return { unsettled, options, asked };
}

describe('the settle wait', () => {
  it('ends at once when nothing was acknowledged', async () => {
    const { unsettled, options, asked } = scripted([[]]);
    expect(await settle([order('a', false)], unsettled, options)).toMatchObject({ allFinal: true });
    expect(asked).toEqual([]);
  });

  it('ends as soon as all orders are at rest, and asks again only for those that are not', async () => {
    const { unsettled, options, asked } = scripted([['b'], []]);
    expect(await settle([order('a'), order('b')], unsettled, options)).toMatchObject({ allFinal: true, endedMs: 2000 });
    expect(asked).toEqual([['a', 'b'], ['b']]);
  });

  it('ends at the stuck bound when an order never comes to rest', async () => {
    const { unsettled, options } = scripted([['a']]);
    expect(await settle([order('a')], unsettled, options)).toMatchObject({ allFinal: false, endedMs: 3000 });
  });

  it('goes on waiting when the platform cannot be asked for a while', async () => {
    const { unsettled, options } = scripted([new Error('connection refused'), []]);
    expect(await settle([order('a')], unsettled, options)).toMatchObject({ allFinal: true });
  });

  it('ends when it is told to stop', async () => {
    const { unsettled, options } = scripted([['a']]);
    const stopped = { ...options, signal: AbortSignal.abort() };
    expect(await settle([order('a')], unsettled, stopped)).toMatchObject({ allFinal: false, endedMs: 0 });
  });
});
