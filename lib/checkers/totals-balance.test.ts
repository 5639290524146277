import { describe, expect, it } from 'vitest';
import { checkOne } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { ABSENT } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';
import { totalsBalance } from './totals-balance.ts';

describe('totals of stock and money', () => {
  it('pass when they changed by what the effects make up', async () => {
    const scene = new Scene().order('one', { quantity: 2 }).order('two', { quantity: 3 });
    const finding = await checkOne(totalsBalance, scene);
    expect(finding).toMatchObject({ kind: 'integrity', status: 'pass', promised: true });
    expect(finding.evidence).toEqual({
      'stock-on-hand': { changed: -5, expected: -5 },
      'stock-committed': { changed: 5, expected: 5 },
      'money-captured': { changed: 1250, expected: 1250 },
    });
  });

  it('pass when money was captured for orders that failed or are stuck, for it is in the totals too', async () => {
    const scene = new Scene().orders(2).order('failed', { sees: 'OutOfStock', effects: { payment: 1 } });
    expect(await checkOne(totalsBalance, scene)).toMatchObject({ status: 'pass' });
  });

  it('fail when money was captured that no effect explains', async () => {
    const finding = await checkOne(totalsBalance, new Scene().orders(2).unexplained('money-captured', 250));
    expect(finding).toMatchObject({ status: 'fail' });
    expect(finding.message).toBe('totals do not balance: money-captured changed by 750, the effects make up 500');
  });

  it('leave money out, and say so, where the platform sets the prices', async () => {
    const scene = new Scene().orders(2).unexplained('money-captured', 250);
    const unpriced = scene.history((lines) =>
      lines.map((line) => line.replace(/"unitPriceCents":\d+/, '"unitPriceCents":null')),
    );
    const finding = await checkOne(totalsBalance, unpriced);
    expect(finding).toMatchObject({ status: 'pass' });
    expect(finding.message).toContain('money not compared');
    expect(finding.evidence).not.toHaveProperty('money-captured');
  });

  it('fail when a piece of stock is missing', async () => {
    expect(await checkOne(totalsBalance, new Scene().orders(2).unexplained('stock-on-hand', -1))).toMatchObject({
      status: 'fail',
    });
  });

  it.each([
    ['the queries failed', new Scene().orders(2).withFailedQueries()],
    [
      'the history is not whole, so that orders may be unknown',
      new Scene().orders(2).history((lines) => lines.slice(0, -1)),
    ],
    [
      'it is unknown what an order contains',
      new Scene()
        .operation({
          key: 'unsure',
          f: 'add-items',
          atMs: 0,
          outcome: 'info',
          process: 'vu-unsure',
          asked: { lineItems: [] },
        })
        .order('unsure', { atMs: 100 }),
    ],
  ])('are inconclusive when %s', async (_why, scene) => {
    expect(await checkOne(totalsBalance, scene)).toMatchObject({ status: 'inconclusive', promised: true });
  });

  it.each([
    ['are lost', 'of the acknowledged orders 1 lost', { finalRead: ABSENT }],
    ['are stuck', 'of the acknowledged orders 1 not final', { completionMs: null, sees: 'Placed' }],
    ['were on their way only then', 'not all orders were final in time', {}],
  ])('are inconclusive, and say so in plain words, when orders %s', async (_what, words, order) => {
    const settle = { startedMs: START_MS, endedMs: START_MS + 30_000, stuckAfterMs: 30_000, allFinal: false };
    const finding = await checkOne(totalsBalance, new Scene().orders(2).order('odd', order).run({ settle }));
    expect(finding.status).toBe('inconclusive');
    expect(finding.message).toContain(`stock and money were not compared: ${words}`);
  });

  it('are not measured when the target has no totals query', async () => {
    expect(await checkOne(totalsBalance, new Scene().orders(2).withoutQueries())).toMatchObject({
      status: 'not-measured',
      promised: false,
    });
  });
});
