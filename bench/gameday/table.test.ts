import { expect, it } from 'vitest';
import type { FaultReport } from '../../lib/model/chaos-report.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { aimsOf, type Rehearsed, tableOf } from './table.ts';

const FAULT: FaultReport = {
  ...{ key: 'kill', intent: {}, lasting: false, struckMs: 0, effectSeen: true, healBeganMs: 10, healedMs: 20 },
  ...{ complaint: null, detectedMs: 5, recoveredMs: 3000, fromInjectMs: 3000, fromFirstBrokenMs: 2000 },
  ...{ fromHealMs: 1000, drainMs: 0, accepted: 1, turnedAway: 0, atRisk: 40, lostAtRisk: 0 },
};
const FATES = {
  completed: 990,
  failed: 0,
  stuck: 0,
  lost: 0,
  recovered: 3,
  never: 2,
  unknown: 0,
  refused: 0,
  contradicted: 0,
};

const ORDERS = { begun: 1000, acknowledged: 990, fates: FATES, duplicated: 0 } as unknown as Verdict['orders'];

const rehearsed = (
  change: Partial<Rehearsed> = {},
  fault: Partial<FaultReport> = {},
  orders: Verdict['orders'] = ORDERS,
): Rehearsed => ({
  experiment: 'leader',
  exitCode: 0,
  run: 'runs/1',
  seen: { faults: [{ ...FAULT, ...fault }], orders },
  ...change,
});

it('sums up orders over the runs, and gives the spread of recovery from heal or from inject', () => {
  const runs = [
    rehearsed(),
    rehearsed({}, { fromInjectMs: 5000 }),
    rehearsed({ experiment: 'freeze' }, { lasting: true }),
  ];
  expect(tableOf(runs).slice(1)).toEqual([
    ['leader', '2', '2 of 2', '1,980', '80', '0', '0', '0', '10', '3 s to 5 s', '0.0 ms', '2 of 2', '0'],
    ['freeze', '1', '1 of 1', '990', '40', '0', '0', '0', '5', '1 s', '0.0 ms', '1 of 1', '0'],
  ]);
});

it('misses its aims with a lost order, a fault without effect, one that is not healed, and a run that does not pass', () => {
  const metOf = (...runs: readonly Rehearsed[]) => aimsOf(runs).map(({ met }) => met);
  expect(metOf(rehearsed())).toEqual([true, true, true, true, true]);
  const lost = { ...ORDERS, fates: { ...ORDERS.fates, lost: 1 } };
  expect(metOf(rehearsed({ exitCode: 2 }, {}, lost))).toEqual([false, true, true, true, false]);
  expect(metOf(rehearsed({}, { effectSeen: false, healedMs: null }))).toEqual([true, true, false, false, true]);
});

it('shows a run that came to no verdict with its exit code, counts nothing of it, and misses its aim', () => {
  const none = rehearsed({ exitCode: 70, seen: null });
  expect(tableOf([rehearsed(), none])[1]).toEqual([
    ...['leader', '2, 1 without a verdict', '1 of 1', '990', '40', '0', '0', '0', '5'],
    ...['3 s', '0.0 ms', '1 of 1', '0, 70'],
  ]);
  expect(aimsOf([rehearsed(), { ...none, exitCode: 0 }]).map(({ met }) => met)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});
