import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { generatorDelay } from './saturation.ts';
import { checkBound } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { ABSENT } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';
import { timelineWith } from './testing/watch-script.ts';

const passing = (): Scene => new Scene().orders(200).orders(20, { stage: 'down' }, 'down');
const check = (scene: Scene) => checkBound(generatorDelay, scene, 'generator-delay', '100');

describe('the delay of the generator', () => {
  it('passes within a tenth of each promised time, at the same percentile', async () => {
    expect(await check(passing().timeline(timelineWith(490, 400)))).toMatchObject({ status: 'pass' });
  });

  it('makes a run inconclusive beyond it, whichever of both delays is the longer one', async () => {
    const lagging = await check(passing().timeline(timelineWith(510)));
    expect(lagging).toMatchObject({ status: 'inconclusive', promised: true, kind: 'measurement' });
    expect(lagging.message).toMatch(/^the generator was late by 510 ms with its timers/);
    expect(await check(passing().timeline(timelineWith(1, 800)))).toMatchObject({ status: 'inconclusive' });
  });

  it('passes with a few long delays, which a percentile does not feel', async () => {
    const seldom = timelineWith(1, ...Array.from({ length: 19 }, () => 1), 3_000);
    expect(await check(passing().timeline(seldom))).toMatchObject({ status: 'inconclusive' });
    const rare = timelineWith(1, ...Array.from({ length: 199 }, () => 1), 3_000);
    expect(await check(passing().timeline(rare))).toMatchObject({ status: 'pass' });
  });

  it('is inconclusive when it was not measured', async () => {
    expect(await check(passing().timeline(null))).toMatchObject({ status: 'inconclusive', promised: true });
  });

  it('takes back what was found of times, good or bad, and leaves what was found of losses', async () => {
    const slow = passing().orders(100, { completionMs: 9_000 }, 'slow').order('lost', { finalRead: ABSENT });
    const late = judge(await slow.timeline(timelineWith(2_000)).evidence());
    const statuses = (id: string) => late.findings.filter((finding) => finding.id === id).map(({ status }) => status);
    expect(new Set([...statuses('S1-ORDER-P90'), ...statuses('S1-HTTP-P90'), ...statuses('S1-ERRORS')])).toEqual(
      new Set(['inconclusive']),
    );
    expect(statuses('S1-DURABLE')).toEqual(['fail']);
    expect(late.exitCode).toBe(2);
  });

  it('lets failures stand that no delay can make: answers, orders that ended failed, times far beyond', async () => {
    const statuses = async (scene: Scene, id: string) =>
      judge(await scene.timeline(timelineWith(2_000)).evidence())
        .findings.filter((finding) => finding.id === id && finding.stage === '100' && finding.population === undefined)
        .map(({ status }) => status);
    expect(await statuses(passing().orders(9, { checkout: 'fail' }, 'refused'), 'S1-ERRORS')).toContain('fail');
    expect(await statuses(passing().orders(9, { sees: 'OutOfStock' }, 'sold'), 'S1-ERRORS-ORDERS')).toEqual(['fail']);
    expect(await statuses(passing().orders(99, { completionMs: 26_000 }, 'slow'), 'S1-ORDER-P90')).toEqual(['fail']);
    expect(await statuses(passing().orders(99, { completionMs: null }, 'open'), 'S1-ORDER-P90')).toEqual(['fail']);
  });

  it('is looked for until the last line about an order of the stage, not only until the last one began', async () => {
    const calm = timelineWith(1);
    const lateFrom = (ms: number) => timelineWith(3_000).lag.filter(({ timeMs }) => timeMs >= START_MS + ms);
    const lag = [...calm.lag.filter(({ timeMs }) => timeMs < START_MS + 3_000), ...lateFrom(3_000)];
    const scene = passing()
      .orders(200, { completionMs: 6_000 }, 'slow')
      .timeline({ ...calm, lag });
    expect(await check(scene)).toMatchObject({ status: 'inconclusive' });
  });

  it('is inconclusive when the timer was not watched all the time', async () => {
    const calm = timelineWith(1, 1);
    const scene = () => new Scene().orders(200, { completionMs: 20_000 });
    expect(await check(scene().timeline(calm))).toMatchObject({ status: 'pass' });
    expect(await check(scene().timeline({ ...calm, lag: calm.lag.slice(0, 9) }))).toMatchObject({
      status: 'inconclusive',
    });
    expect(await check(scene().timeline({ ...calm, lag: [] }))).toMatchObject({ status: 'inconclusive' });
  });

  it('is told from a delay that nobody measured, also in the sentence about the verdict', async () => {
    const slow = () => passing().orders(99, { checkout: 'fail' }, 'refused');
    const late = judge(await slow().timeline(timelineWith(2_000)).evidence());
    expect(late.because).toMatch(/; the load generator itself was late in stage 100$/);
    const unknown = judge(await slow().timeline(null).evidence());
    expect(unknown.because).toMatch(/; whether the load generator was late in stage 100 is not known$/);
    expect(judge(await slow().evidence()).because).not.toContain('late');
  });

  it('lets a run that would have passed end inconclusive, not green', async () => {
    const verdict = judge(await passing().timeline(timelineWith(600)).evidence());
    expect(verdict).toMatchObject({ exitCode: 5, word: 'inconclusive' });
  });
});
