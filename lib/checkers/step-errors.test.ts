import { describe, expect, it } from 'vitest';
import { stepErrors } from './step-errors.ts';
import { check, checkBound } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

const errors = (scene: Scene) => checkBound(stepErrors, scene, 'S1-ERRORS', '100');

describe('S1-ERRORS', () => {
  it('passes below one failed request in a hundred', async () => {
    const finding = await errors(new Scene().orders(199).order('bad', { checkout: 'fail' }));
    expect(finding).toMatchObject({ kind: 'bound', status: 'pass', promised: true, step: 'checkout', samples: 200 });
    expect(finding.message).toBe('0.5 %, bound < 1 %: 1 of 200 requests failed (http_400 × 1)');
  });

  it('fails by the worst step, which all other requests together do not dilute', async () => {
    const finding = await errors(new Scene().orders(198).orders(2, { checkout: 'info' }, 'bad'));
    expect(finding).toMatchObject({ status: 'fail', step: 'checkout', observed: 0.01 });
    expect(finding.evidence).toMatchObject({
      checkout: { begun: 200, ok: 198, fail: 0, info: 2, open: 0, errors: { timeout: 2 } },
      'init-cart': { begun: 200, ok: 200 },
    });
  });

  it('counts requests that were never answered as failed', async () => {
    expect(await errors(new Scene().orders(198).orders(2, { checkout: 'open' }, 'cut'))).toMatchObject({
      status: 'fail',
    });
  });

  it('is inconclusive with fewer than a hundred requests', async () => {
    const finding = await errors(new Scene().orders(99));
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true, samples: 99 });
    expect(finding.message).toBe('bound < 1 % cannot be judged: 0 of 99 requests failed, at least 100 are needed');
    expect(await errors(new Scene())).toMatchObject({ status: 'inconclusive', samples: 0 });
  });

  it('fails with few requests when all of them fail', async () => {
    expect(await errors(new Scene().orders(30, { checkout: 'fail' }))).toMatchObject({
      status: 'fail',
      step: 'checkout',
    });
  });

  it('is inconclusive when it depends on requests that a stop cut', async () => {
    const scene = new Scene().orders(198).orders(2, { checkout: 'open' }, 'cut');
    const interruption = { by: 'SIGTERM', timeMs: START_MS + 100_000, reason: 'stopped by SIGTERM' } as const;
    expect((await errors(scene.run({ interruption }))).status).toBe('inconclusive');
  });

  it('judges failed polls apart', async () => {
    const await_ = { status: null, lastOpenReadMs: null, firstFinalReadMs: null, reads: 100, failedReads: 30 };
    const scene = new Scene().orders(100).operation({
      key: 'order-1',
      f: 'await',
      stage: '100',
      atMs: 90_000,
      outcome: 'info',
      answer: await_,
    });
    const findings = await check(stepErrors, scene);
    const ofStage = findings.filter((finding) => finding.stage === '100');
    expect(ofStage.map(({ step, status, promised }) => [step, status, promised])).toEqual([
      ['init-cart', 'pass', true],
      ['await', 'fail', false],
    ]);
    expect(ofStage[1]?.message).toBe('10 %, bound < 1 %: 30 of 300 requests failed');
  });
});
