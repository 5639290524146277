import { describe, expect, it } from 'vitest';
import type { FoldedHistory } from '../lib/checkers/evidence.ts';
import type { Refusal } from '../lib/checkers/first-orders.ts';
import { watchFirstOrders } from './watch-first-orders.ts';

const NOTHING = { ok: 0, fail: 0, info: 0, infoAtStop: 0, errors: new Map() };

/** A history in which `fail` orders were answered 404 at the first step, and `acknowledged` ones went through. */
function seen(fail: number, acknowledged = 0): FoldedHistory {
  const steps = new Map([
    ['init-cart', { ...NOTHING, fail, errors: new Map([['http_404', fail]]) }],
    ['complete', { ...NOTHING, ok: acknowledged }],
  ]);
  return { stages: new Map([['40', { steps, polls: { reads: 0, failed: 0 } }]]) } as unknown as FoldedHistory;
}

/** Lets the watch see these looks one after the other; gives what it told, and how often it looked. */
async function watch(looks: readonly (FoldedHistory | Error)[]) {
  const refusals: Refusal[] = [];
  const load = new AbortController();
  let looked = 0;
  const read = async () => {
    const look = looks[looked++];
    if (looked === looks.length) load.abort();
    if (look instanceof Error) throw look;
    return look as FoldedHistory;
  };
  await watchFirstOrders(read, (refusal) => refusals.push(refusal), { signal: load.signal, lookEveryMs: 1 });
  return { refusals, looked };
}

describe('the watch over the first orders', () => {
  it('tells once when all were turned away, and looks no further', async () => {
    const { refusals, looked } = await watch([seen(0), seen(3), seen(20), seen(40)]);
    expect(refusals).toMatchObject([{ kind: 'address', step: 'init-cart', orders: 20 }]);
    expect(looked).toBe(3);
  });

  it('looks no further once an order went through', async () => {
    expect(await watch([seen(0), seen(0, 1), seen(20)])).toEqual({ refusals: [], looked: 2 });
  });

  it('goes on when a look fails, and ends with the load', async () => {
    expect(await watch([new Error('no file yet'), seen(3), seen(4)])).toEqual({ refusals: [], looked: 3 });
  });
});
