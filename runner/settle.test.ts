import { describe, expect, it } from 'vitest';
import type { KnownOrder } from './known-orders.ts';
import type { PlatformStore, StoreReading } from './platform-store.ts';
import { settle, type Unsettled, unsettledInStore } from './settle.ts';

const order = (key: string, submission: 'acknowledged' | 'unknown' | 'refused' = 'acknowledged'): KnownOrder => ({
  key,
  stage: '10',
  orderId: `o-${key}`,
  acknowledged: submission === 'acknowledged',
  unknown: submission === 'unknown',
});

/** Looks answer from a script, the last one for ever; each takes a second, and after three the wait is over. */
function scripted(looks: readonly (readonly string[] | Error)[]) {
  let nowMs = 0;
  const over = new AbortController();
  const asked: string[][] = [];
  const unsettled: Unsettled = async (orders) => {
    const look = looks[Math.min(asked.length, looks.length - 1)] ?? [];
    asked.push(orders.map(({ key }) => key));
    nowMs += 1000;
    if (nowMs >= 3000) over.abort();
    if (look instanceof Error) throw look;
    return orders.filter(({ key }) => look.includes(key));
  };
  const options = { stuckAfterMs: 3000, nowMs: () => nowMs, signal: over.signal, onLook: () => {}, lookAgainMs: 1 };
  return { unsettled, options, asked };
}

describe('the settle wait', () => {
  it('ends at once when nothing was submitted with success or doubt', async () => {
    const { unsettled, options, asked } = scripted([[]]);
    expect(await settle([order('a', 'refused')], unsettled, options)).toMatchObject({ allFinal: true });
    expect(asked).toEqual([]);
  });

  it('ends as soon as all orders are at rest, and asks again only for those that are not', async () => {
    const { unsettled, options, asked } = scripted([['b'], []]);
    expect(await settle([order('a'), order('b')], unsettled, options)).toMatchObject({ allFinal: true, endedMs: 2000 });
    expect(asked).toEqual([['a', 'b'], ['b']]);
  });

  it('waits for orders with unknown outcome too', async () => {
    const { unsettled, options, asked } = scripted([['u'], []]);
    expect(await settle([order('u', 'unknown')], unsettled, options)).toMatchObject({ allFinal: true });
    expect(asked).toEqual([['u'], ['u']]);
  });

  it('ends when its time is over and an order never came to rest', async () => {
    const { unsettled, options } = scripted([['a']]);
    expect(await settle([order('a')], unsettled, options)).toMatchObject({ allFinal: false, endedMs: 3000 });
  });

  it('goes on waiting when the platform cannot be asked for a while', async () => {
    const { unsettled, options } = scripted([new Error('connection refused'), []]);
    expect(await settle([order('a')], unsettled, options)).toMatchObject({ allFinal: true });
  });

  it('does not even look when it is over before it began', async () => {
    const { unsettled, options, asked } = scripted([['a']]);
    const stopped = { ...options, signal: AbortSignal.abort() };
    expect(await settle([order('a')], unsettled, stopped)).toMatchObject({ allFinal: false, endedMs: 0 });
    expect(asked).toEqual([]);
  });
});

const row = (key: string, status: string) => ({ type: 'order', orderId: `o-${key}`, customerId: key, status }) as const;
const effectsOf = (key: string, ...kinds: readonly string[]) =>
  kinds.map((kind) => ({ type: 'effect', orderId: `o-${key}`, kind, count: 1 }) as const);

describe('an order in the store', () => {
  const orders = [order('a'), order('u', 'unknown')];
  const open = async (reading: Partial<StoreReading>) => {
    const store = {
      read: async () => ({ orders: [], effects: [], totals: [], ...reading }),
    } as unknown as PlatformStore;
    const unsettled = await unsettledInStore(store)(orders, new AbortController().signal);
    return unsettled.map(({ key }) => key);
  };

  it('is unsettled while it is absent, unless its outcome is unknown', async () => {
    expect(await open({})).toEqual(['a']);
  });

  it('is unsettled while its state is open, also with unknown outcome', async () => {
    expect(await open({ orders: [row('a', 'Placed'), row('u', 'Placed')] })).toEqual(['a', 'u']);
  });

  it('is unsettled while a completed order lacks an effect', async () => {
    const orders = [row('a', 'Fulfilling'), row('u', 'PaymentFailed')];
    expect(await open({ orders, effects: effectsOf('a', 'payment', 'stock-commitment') })).toEqual(['a']);
    const all = effectsOf('a', 'payment', 'stock-commitment', 'fulfilment-request');
    expect(await open({ orders, effects: all })).toEqual([]);
  });
});
