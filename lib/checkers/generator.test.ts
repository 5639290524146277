import { describe, expect, it } from 'vitest';
import { generator } from './generator.ts';
import { check } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

const exit = (exitCode: number | null, signal: string | null = null) => [{ generator: 'g1', exitCode, signal }];
const STOPPED = { by: 'SIGINT', timeMs: START_MS + 50_000, reason: 'stopped by SIGINT' } as const;
const worst = async (scene: Scene) => {
  const findings = await check(generator, scene);
  return (
    findings.find((finding) => finding.status === 'fail') ??
    findings.find((finding) => finding.status !== 'pass') ??
    findings[0]
  );
};

describe('the load generator', () => {
  it.each([0, 99])('passes with exit code %d', async (code) => {
    expect(await worst(new Scene().orders(3).run({ generators: exit(code) }))).toMatchObject({ status: 'pass' });
  });

  it('passes when it stopped because the run was stopped', async () => {
    const scene = new Scene().orders(3).run({ generators: exit(105), interruption: STOPPED });
    expect(await worst(scene)).toMatchObject({ status: 'pass', message: 'g1 stopped when it was told to' });
  });

  it.each([2, 100, 101, 102, 104, 107, 108, 109, 110])(
    'fails as a defect of the suite with exit code %d',
    async (code) => {
      const scene = new Scene().orders(3).run({ generators: exit(code) });
      expect(await worst(scene)).toMatchObject({ kind: 'suite', status: 'fail', promised: true });
    },
  );

  it.each([
    ['was ended by a signal', exit(null, 'SIGKILL')],
    ['was stopped by no one knows whom', exit(105)],
    ['ended with a code that nobody knows', exit(42)],
    ['never ran', []],
  ])('is inconclusive when it %s', async (_what, generators) => {
    const finding = await worst(new Scene().orders(3).run({ generators }));
    expect(finding).toMatchObject({ kind: 'measurement', status: 'inconclusive', promised: true });
  });

  it('fails as a defect of the suite when it began no order at all, though it exited 0', async () => {
    expect(await worst(new Scene())).toMatchObject({ kind: 'suite', status: 'fail' });
  });

  it('may have begun no order when it was stopped at once', async () => {
    expect(await worst(new Scene().run({ interruption: STOPPED, generators: exit(105) }))).toMatchObject({
      status: 'pass',
    });
  });

  it('fails as a defect of the suite for an exception that the scenario wrote down', async () => {
    const scene = new Scene().orders(3).operation({
      key: 'x',
      f: 'suite-defect',
      atMs: 0,
      outcome: 'info',
      error: { code: 'exception', message: 'TypeError: stage is undefined' },
    });
    const finding = await worst(scene);
    expect(finding).toMatchObject({ kind: 'suite', status: 'fail' });
    expect(finding?.message).toBe('1 exception in the scenario, the first: TypeError: stage is undefined');
  });

  it('fails as a defect of the suite when every order broke off though nothing had failed', async () => {
    expect(await worst(new Scene().orders(3, { submit: 'none' }))).toMatchObject({ kind: 'suite', status: 'fail' });
    expect(await worst(new Scene().orders(3, { await: 'none' }))).toMatchObject({ kind: 'suite', status: 'fail' });
  });

  it('is inconclusive when some orders broke off though nothing had failed', async () => {
    const scene = new Scene().orders(3).order('broken-off', { submit: 'none' });
    expect(await worst(scene)).toMatchObject({ kind: 'measurement', status: 'inconclusive' });
    expect(await worst(scene.run({ interruption: STOPPED, generators: exit(105) }))).toMatchObject({ status: 'pass' });
  });

  it('does not mind orders that ended because a step failed or was cut', async () => {
    const scene = new Scene().orders(3).order('failed', { checkout: 'fail' }).order('cut', { checkout: 'open' });
    expect(await worst(scene)).toMatchObject({ status: 'pass' });
  });

  it('fails as a defect of the suite when two virtual users used the same order id', async () => {
    const scene = new Scene()
      .orders(3)
      .operation({ key: 'order-1', f: 'init-cart', atMs: 90_000, process: 'vu-other' });
    expect(await worst(scene)).toMatchObject({ kind: 'suite', status: 'fail' });
  });
});
