import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { generatorDelay } from './saturation.ts';
import { checkBound } from './testing/check.ts';
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

  it('lets a run that would have passed end inconclusive, not green', async () => {
    const verdict = judge(await passing().timeline(timelineWith(600)).evidence());
    expect(verdict).toMatchObject({ exitCode: 5, word: 'inconclusive' });
  });
});
