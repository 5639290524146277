import { describe, expect, it } from 'vitest';
import { firstOrders, ORDERS_TO_TELL } from './first-orders.ts';
import { foldHistory } from './fold-history.ts';
import { HistoryBuilder, type OperationScript, RUN, START_MS } from './testing/history-builder.ts';
import { acceptsAll } from './testing/scene.ts';

const FLOW = ['init-cart', 'add-items', 'checkout', 'complete'];
type End = Required<Pick<OperationScript, 'outcome'>> & { readonly code?: string };

/** Orders that each end at `step` as said; those before went well. */
function orders(step: string, ends: readonly End[], into = new HistoryBuilder()): HistoryBuilder {
  const last = FLOW.indexOf(step);
  ends.forEach(({ outcome, code }, number) => {
    const key = `${step}-${number}`;
    for (const [index, f] of FLOW.slice(0, last).entries()) into.operation({ key, f, stage: '40', atMs: index * 100 });
    const error = code === undefined ? {} : { error: { code } };
    into.operation({ key, f: step, stage: '40', atMs: last * 100, outcome, ...error });
  });
  return into;
}

const refused = (code: string, times = ORDERS_TO_TELL): End[] => Array(times).fill({ outcome: 'fail', code });
const ok: End = { outcome: 'ok' };

async function toldBy(builder: HistoryBuilder, stopMs = Number.POSITIVE_INFINITY) {
  return firstOrders(await foldHistory([builder.lines()], { run: RUN, stopMs, isHistoryLine: acceptsAll }));
}

describe('the first orders', () => {
  it.each([
    ['http_404', 'address'],
    ['http_405', 'address'],
    ['http_401', 'rights'],
    ['http_403', 'rights'],
  ])('tell by %s at the same step of a wrong %s', async (code, kind) => {
    const refusal = { kind, step: 'init-cart', codes: [code], orders: ORDERS_TO_TELL };
    expect(await toldBy(orders('init-cart', refused(code)))).toEqual(refusal);
  });

  it('tell by redirects, whose outcome is unknown, of a wrong address', async () => {
    const redirected: End[] = Array(ORDERS_TO_TELL).fill({ outcome: 'info', code: 'http_301' });
    expect(await toldBy(orders('init-cart', redirected))).toMatchObject({ kind: 'address', codes: ['http_301'] });
  });

  it('tell it of a later step too, and of both answers together', async () => {
    const mixed = [...refused('http_404', 6), ...refused('http_405', 6)];
    const refusal = { kind: 'address', step: 'complete', codes: ['http_404', 'http_405'], orders: 12 };
    expect(await toldBy(orders('complete', mixed))).toEqual(refusal);
  });

  it('tell nothing while there are too few of them', async () => {
    expect(await toldBy(new HistoryBuilder())).toBe('open');
    expect(await toldBy(orders('init-cart', refused('http_404', ORDERS_TO_TELL - 1)))).toBe('open');
    expect(await toldBy(orders('checkout', [ok, ok]))).toBe('open');
  });

  it.each<[string, HistoryBuilder]>([
    ['one got past the step', orders('init-cart', [...refused('http_404'), ok])],
    ['one was acknowledged', orders('complete', [ok])],
    [
      'they were refused at two steps',
      orders('checkout', refused('http_404'), orders('init-cart', refused('http_404'))),
    ],
    ['the refusals are of two kinds', orders('init-cart', [...refused('http_404'), ...refused('http_401')])],
    [
      'one met an error of the platform',
      orders('init-cart', [...refused('http_404'), { outcome: 'info', code: 'http_500' }]),
    ],
    ['the platform refuses what they order', orders('checkout', refused('http_409'))],
  ])('leave the judgement to the bounds when %s', async (_why, builder) => {
    expect(await toldBy(builder)).toBe('mixed');
  });

  it('are told the same when the stop of the load cut some of them', async () => {
    const cut: End[] = [{ outcome: 'info', code: 'network_1000' }, { outcome: 'open' }];
    const builder = orders('complete', [...refused('http_404'), ...cut]);
    expect(await toldBy(builder, START_MS + 250)).toMatchObject({ kind: 'address', orders: ORDERS_TO_TELL });
    expect(await toldBy(builder)).toBe('mixed');
  });
});
