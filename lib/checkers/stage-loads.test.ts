import { describe, expect, it } from 'vitest';
import { loadsOf } from './stage-loads.ts';
import { Scene } from './testing/scene.ts';

/** An order is in flow for about 1.8 s: 1.5 s until it is submitted, 0.3 s until it is final. */
describe('the load of a stage', () => {
  it('counts shoppers between their first call and the end of their order, and orders between submit and end', async () => {
    const scene = new Scene().order('a', { atMs: 0 }).order('b', { atMs: 1_700 }).order('c', { atMs: 1_750 });
    const load = loadsOf(await scene.evidence()).stages.get('100');
    expect(load).toMatchObject({ usersInFlow: 3, submittedNotFinal: 2 });
  });

  it('keeps an order that never ended in flow, and one that was never seen final on its way', async () => {
    const scene = new Scene()
      .order('open', { atMs: 0, submit: 'open', await: 'none' })
      .order('late', { atMs: 20_000 })
      .order('refused', { atMs: 40_000, submit: 'fail', await: 'none' })
      .order('last', { atMs: 60_000 });
    const load = loadsOf(await scene.evidence()).stages.get('100');
    expect(load).toMatchObject({ usersInFlow: 2, submittedNotFinal: 2 });
  });

  it('tells which orders began at the level of their stage', async () => {
    const { atLevel } = loadsOf(await new Scene().orders(100).evidence());
    expect(atLevel.indexOf(1)).toBe(89);
    expect(atLevel.filter((each) => each === 1)).toHaveLength(11);
  });
});
