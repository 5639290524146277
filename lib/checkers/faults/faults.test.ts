import { describe, expect, it } from 'vitest';
import type { ExperimentRun } from '../../model/experiment.ts';
import { judge } from '../judge.ts';
import { probeRate } from '../recovery/probe-rate.ts';
import { aRun } from '../testing/a-run.ts';
import type { FaultScript } from '../testing/chaos-script.ts';
import { check, checkOne } from '../testing/check.ts';
import { ABSENT } from '../testing/order-script.ts';
import { Scene } from '../testing/scene.ts';
import { faultsHealed, faultsStruck } from './faults.ts';

const KILL: FaultScript = { key: 'kill', atMs: 20_000 };

function anExperiment(...keys: readonly string[]): ExperimentRun {
  const faults = keys.map((key) => ({ key, fault: key, options: {}, when: { atS: 20 }, durationMs: null }));
  return {
    name: 'test',
    about: '',
    faults,
    gate: null,
    guard: null,
    impossible: [],
    left: [],
    sweep: 'sweep it',
  } as unknown as ExperimentRun;
}

function scene(...faults: readonly FaultScript[]): Scene {
  return new Scene()
    .orders(10)
    .broken(faults, [])
    .run({
      experiment: anExperiment('kill'),
      target: { ...aRun().target, embedded: true },
      load: { startedMs: aRun().startedMs, endedMs: aRun().startedMs + 95_000 },
      settle: {
        startedMs: aRun().startedMs + 95_000,
        endedMs: aRun().startedMs + 96_000,
        stuckAfterMs: 30_000,
        allFinal: true,
      },
    });
}

describe('the faults of a run about orders', () => {
  it('were seen to strike and to be healed', async () => {
    expect(await checkOne(faultsStruck, scene(KILL))).toMatchObject({ status: 'pass' });
    expect(await checkOne(faultsHealed, scene(KILL))).toMatchObject({ status: 'pass', kind: 'heal' });
  });

  it('leave it open when one had no effect, or was never injected', async () => {
    const idle = await checkOne(faultsStruck, scene({ ...KILL, inject: 'info' }));
    expect(idle).toMatchObject({ status: 'inconclusive', promised: true });
    expect(idle.message).toContain('the process lives on');
    const never = new Scene().orders(10).run({ experiment: anExperiment('kill') });
    expect(await checkOne(faultsStruck, never)).toMatchObject({
      status: 'inconclusive',
      message: 'no fault was injected',
    });
    const half = scene(KILL).run({ experiment: anExperiment('kill', 'kill#2') });
    expect(await checkOne(faultsStruck, half)).toMatchObject({ message: 'only 1 of 2 faults came to be injected' });
  });

  it('leave it open when another one struck than was asked for', async () => {
    expect(await checkOne(faultsStruck, scene({ ...KILL, key: 'freeze' }))).toMatchObject({
      status: 'inconclusive',
      promised: true,
      message: 'chaos.ndjson tells of freeze, which this run was not to inject',
    });
    expect(await checkOne(faultsStruck, new Scene().orders(10).broken([KILL], []))).toMatchObject({
      status: 'inconclusive',
    });
  });

  it('may still be active when one was not seen healed: exit 7, whatever else is wrong', async () => {
    for (const heal of ['none', 'info', 'open'] as const) {
      const left = scene({ ...KILL, heal }).order('gone', { finalRead: ABSENT, row: ABSENT });
      expect(await checkOne(faultsHealed, left)).toMatchObject({ status: 'fail', kind: 'heal' });
      expect(judge(await left.evidence()).exitCode).toBe(7);
    }
  });

  it('are not in question where none was asked for', async () => {
    expect(await check(faultsStruck, new Scene().orders(10))).toEqual([]);
    expect(await check(faultsHealed, new Scene().orders(10))).toEqual([]);
  });
});

describe('probes', () => {
  it('must have come as they were due', async () => {
    expect(await checkOne(probeRate, scene(KILL))).toMatchObject({
      status: 'pass',
      message: '1,900 of 1,900 probes begun',
    });
    const few = scene(KILL)
      .broken([], [], 0)
      .run({ profile: { ...aRun().profile, probe: { rateHz: 40, timeoutMs: 1, settleMs: 1 } } });
    expect(await checkOne(probeRate, few)).toMatchObject({ status: 'inconclusive' });
  });
});
