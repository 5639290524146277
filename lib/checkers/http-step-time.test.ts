import { describe, expect, it } from 'vitest';
import { httpStepTime } from './http-step-time.ts';
import { checkBound } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

const p90 = (scene: Scene) => checkBound(httpStepTime, scene, 'S1-HTTP-P90', '100');

describe('HTTP time of the steps', () => {
  it('passes when every step was quick', async () => {
    const finding = await p90(new Scene().orders(100, { stepMs: 40 }));
    expect(finding).toMatchObject({ kind: 'bound', status: 'pass', promised: true, observed: 40, samples: 100 });
  });

  it('fails by the worst step, however quick all others are', async () => {
    const scene = new Scene().orders(80);
    for (let number = 0; number < 20; number++) {
      scene.operation({ key: `order-${number + 1}`, f: 'checkout', stage: '100', atMs: 10_000, durationMs: 5_000 });
    }
    const finding = await p90(scene);
    expect(finding).toMatchObject({ status: 'fail', step: 'checkout' });
    expect(finding.evidence).toMatchObject({ checkout: { slower: 20 }, 'init-cart': { slower: 0 } });
  });

  it('counts requests that did not end well as slower than any bound', async () => {
    const finding = await p90(new Scene().orders(80).orders(20, { checkout: 'info' }, 'unknown'));
    expect(finding).toMatchObject({ status: 'fail', step: 'checkout' });
  });

  it('judges the status polls as no step', async () => {
    const finding = await p90(new Scene().orders(100, { completionMs: 9_000 }));
    expect(finding.status).toBe('pass');
    expect(Object.keys(finding.evidence as object)).not.toContain('await');
  });

  it('is inconclusive with too few requests of a step', async () => {
    expect(await p90(new Scene().orders(20))).toMatchObject({ status: 'inconclusive', samples: 20 });
    expect(await p90(new Scene())).toMatchObject({ status: 'inconclusive', samples: 0 });
  });

  it('is neither left open nor broken by a handful of resubmits, but broken by many slow ones', async () => {
    const few = new Scene().orders(100).order('twice', { resubmit: 'ok' });
    expect((await p90(few)).status).toBe('pass');
    const one = new Scene().orders(100).order('twice', { resubmit: 'info' });
    expect((await p90(one)).status).toBe('pass');
    const slow = new Scene().orders(100).orders(29, { resubmit: 'info' }, 'twice');
    expect(await p90(slow)).toMatchObject({ status: 'fail', step: 'resubmit' });
  });

  it('is inconclusive when it depends on requests that a stop cut', async () => {
    const scene = new Scene().orders(80).orders(20, { checkout: 'open' }, 'cut');
    expect((await p90(scene)).status).toBe('fail');
    const interruption = { by: 'SIGINT', timeMs: START_MS + 100_000, reason: 'stopped by SIGINT' } as const;
    expect((await p90(scene.run({ interruption }))).status).toBe('inconclusive');
  });
});
