import { describe, expect, it } from 'vitest';
import { loadLevel } from './load-level.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

describe('the level of a stage', () => {
  it('is reached when 99 of 100 users were in flow at once', async () => {
    const finding = await checkOne(loadLevel, new Scene().orders(99));
    expect(finding).toMatchObject({ status: 'pass', stage: '100', observed: 99, kind: 'measurement' });
  });

  it('makes a run inconclusive when it was not reached', async () => {
    const finding = await checkOne(loadLevel, new Scene().orders(98));
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true, observed: 98 });
    expect(finding.message).toContain('no more than 98 of 100 users');
  });

  it('counts users at once, not one after the other', async () => {
    const scene = new Scene();
    for (let number = 0; number < 200; number++) scene.order(`late-${number}`, { atMs: number * 3_000 });
    expect(await checkOne(loadLevel, scene)).toMatchObject({ status: 'inconclusive', observed: 1 });
  });
});
