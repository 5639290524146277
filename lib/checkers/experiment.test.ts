import { describe, expect, it } from 'vitest';
import type { ExperimentRun, Steadiness } from '../model/experiment.ts';
import { experiment } from './experiment.ts';
import { check } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

const STEADY: Steadiness = { steady: true, sinceMs: 0, timeMs: 8_000, limitMs: 45_000, problem: null };
const TOLD: ExperimentRun = {
  name: 'test',
  about: '',
  faults: [],
  gate: STEADY,
  guard: null,
  judge: STEADY,
  impossible: [],
  left: [],
  sweep: 'sweep it',
};
const notSteady = (timeMs: number): Steadiness => ({ ...STEADY, steady: false, timeMs, problem: 'orders-per-s is 0' });
const findings = (change: Partial<ExperimentRun>) =>
  check(experiment, new Scene().orders(10).run({ experiment: { ...TOLD, ...change } }));

describe('an experiment', () => {
  it('is in order when all was steady before and after, and nothing is left', async () => {
    expect(await findings({})).toMatchObject([
      { id: 'steady-before', status: 'pass' },
      { id: 'steady-after', status: 'pass', message: 'in its steady state again 8 s after the last heal' },
    ]);
  });

  it('measured nothing when the platform was not well before', async () => {
    expect(await findings({ gate: notSteady(9_000), judge: null })).toMatchObject([
      { id: 'steady-before', status: 'inconclusive', message: expect.stringContaining('orders-per-s is 0') },
    ]);
    expect(await findings({ gate: null, judge: null })).toMatchObject([
      { id: 'steady-before', status: 'inconclusive' },
    ]);
  });

  it('says why a fault cannot be made here', async () => {
    const impossible = [{ key: 'cut', reason: 'no packet filter' }];
    expect(await findings({ impossible })).toContainEqual(
      expect.objectContaining({ status: 'inconclusive', message: 'cut cannot be made here: no packet filter' }),
    );
  });

  it('has not recovered when the steady state did not come back in time: exit 4', async () => {
    expect(await findings({ judge: notSteady(45_000) })).toContainEqual(
      expect.objectContaining({ id: 'steady-after', kind: 'recovery', status: 'fail' }),
    );
  });

  it('has not recovered in time when the steady state came back after the limit: exit 4', async () => {
    expect(await findings({ judge: { ...STEADY, timeMs: 45_000 } })).toContainEqual(
      expect.objectContaining({ id: 'steady-after', status: 'pass' }),
    );
    expect(await findings({ judge: { ...STEADY, timeMs: 45_001 } })).toContainEqual(
      expect.objectContaining({
        ...{ id: 'steady-after', kind: 'recovery', status: 'fail' },
        message: 'in its steady state again 45 s after the last heal, later than the limit of 45 s',
      }),
    );
  });

  it('tells nothing of recovery when the load ended before the time was over, or nobody asked', async () => {
    for (const judge of [notSteady(44_000), null]) {
      expect(await findings({ judge })).toContainEqual(
        expect.objectContaining({ id: 'steady-after', status: 'inconclusive' }),
      );
    }
  });

  it('may have left a fault: exit 7', async () => {
    expect(await findings({ left: ['r.kill'] })).toContainEqual(
      expect.objectContaining({ kind: 'heal', status: 'fail', message: expect.stringContaining('r.kill') }),
    );
  });

  it('is not in question in a run without one', async () => {
    expect(await check(experiment, new Scene().orders(10))).toEqual([]);
  });
});
