import { describe, expect, it } from 'vitest';
import { foldHistory } from '../lib/checkers/fold-history.ts';
import { aRun } from '../lib/checkers/testing/a-run.ts';
import { HistoryBuilder, RUN } from '../lib/checkers/testing/history-builder.ts';
import { acceptsAll } from '../lib/checkers/testing/scene.ts';
import { refuseTurnedAway } from './turned-away.ts';

async function allRefused(f: string, code: string) {
  const builder = new HistoryBuilder();
  for (let number = 0; number < 12; number++) {
    builder.operation({ key: `order-${number}`, f, atMs: number, outcome: 'fail', error: { code } });
  }
  return foldHistory([builder.lines()], { run: RUN, stopMs: Number.POSITIVE_INFINITY, isHistoryLine: acceptsAll });
}

const target = { ...aRun().target, baseUrls: { shopping: 'http://shop:1', orders: 'http://orders:2/v1' } };

describe('a target that turned every order away', () => {
  it('is said with step, address and the base URL to look at', async () => {
    const history = await allRefused('complete', 'http_404');
    const refusal = {
      exitCode: 69,
      message:
        'all 12 orders were turned away with HTTP 404 at the step complete: POST http://orders:2/v1/api/orders/{orderId}/complete',
      hint: expect.stringMatching(/^Is http\.baseUrls\.orders in the target file right\?.*runs\/x$/),
    };
    expect(() => refuseTurnedAway(aRun({ target }), history, 'runs/x')).toThrow(expect.objectContaining(refusal));
  });

  it('is asked about its credentials when the answers speak of them', async () => {
    const history = await allRefused('init-cart', 'http_401');
    const hint = expect.stringContaining('Does http.baseUrls.shopping want credentials');
    expect(() => refuseTurnedAway(aRun({ target }), history, 'runs/x')).toThrow(expect.objectContaining({ hint }));
  });

  it('is said also of a flow that this version does not know', async () => {
    const run = aRun({ target: { ...target, flow: 'older' } });
    const history = await allRefused('open-basket', 'http_404');
    expect(() => refuseTurnedAway(run, history, 'runs/x')).toThrow(/at the step open-basket/);
  });

  it('is judged as ever when the platform refuses for reasons of its own', async () => {
    const history = await allRefused('checkout', 'http_409');
    expect(() => refuseTurnedAway(aRun({ target }), history, 'runs/x')).not.toThrow();
  });
});
