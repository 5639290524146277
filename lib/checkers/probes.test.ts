import { describe, expect, it } from 'vitest';
import { PROBE_STAGE } from '../model/probe.ts';
import { judge } from './judge.ts';
import { operationsConservation } from './operations-conservation.ts';
import { loadsOf } from './stage-loads.ts';
import { checkOne } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

/** Thirty orders of the load, and beside them three probes, of which one went no further than its checkout. */
const scene = () =>
  new Scene()
    .orders(30)
    .order('probe-1', { stage: PROBE_STAGE, atMs: 0 })
    .operation({ f: 'probe', key: 'probe-1', stage: PROBE_STAGE, atMs: 0, durationMs: 1_800 })
    .order('probe-2', { stage: PROBE_STAGE, atMs: 50, checkout: 'info' })
    .operation({
      ...{ f: 'probe', key: 'probe-2', stage: PROBE_STAGE, atMs: 50, durationMs: 1_500, outcome: 'fail' },
      error: { code: 'http_503' },
      answer: { step: 'checkout', sinceMs: START_MS + 1_050 },
    })
    .order('probe-3', { stage: PROBE_STAGE, atMs: 100, submit: 'none' })
    .operation({ f: 'probe', key: 'probe-3', stage: PROBE_STAGE, atMs: 100, outcome: 'open' });

describe('probes', () => {
  it('are told from the history in the order in which they began', async () => {
    const { probes } = (await scene().evidence()).history;
    expect(probes).toEqual([
      { beganMs: START_MS, endedMs: START_MS + 1_800, outcome: 'ok', step: null, sinceMs: null, code: null },
      {
        ...{ beganMs: START_MS + 50, endedMs: START_MS + 1_550, outcome: 'fail' },
        ...{ step: 'checkout', sinceMs: START_MS + 1_050, code: 'http_503' },
      },
      { beganMs: START_MS + 100, endedMs: null, outcome: 'open', step: null, sinceMs: null, code: null },
    ]);
  });

  it('are orders with fates, and in no figure of the load', async () => {
    const evidence = await scene().evidence();
    const { orders, stages, findings } = judge(evidence);
    expect(orders).toMatchObject({ begun: 33, acknowledged: 31 });
    expect(stages.map(({ stage, begun }) => [stage, begun])).toEqual([
      ['100', 30],
      ['down', 0],
    ]);
    expect(loadsOf(evidence).stages.get('100')?.usersInFlow).toBe(30);
    expect(findings.filter(({ stage }) => stage === PROBE_STAGE)).toEqual([]);
  });

  it('may end between two steps when their time is up: that is no defect of the scenario', async () => {
    const { findings } = judge(await scene().evidence());
    expect(findings.filter(({ id }) => id === 'generator').map(({ status }) => status)).toEqual(['pass']);
  });

  it('count as operations like all others', async () => {
    expect(await checkOne(operationsConservation, scene())).toMatchObject({ status: 'pass' });
  });
});
