import { expect, it } from 'vitest';
import type { FaultReport } from '../../lib/model/chaos-report.ts';
import { type Rehearsed, renderDay } from './gameday-table.ts';

const FAULT = { lasting: true, fromHealMs: 7_000, fromInjectMs: 22_000 } as FaultReport;

function rehearsed(experiment: string, faults: readonly FaultReport[]): Rehearsed {
  const orders = { acknowledged: 2919, fates: { lost: 0 }, duplicated: 0 };
  const verdict = { exitCode: 0, word: 'pass', orders, chaos: { faults } } as unknown as Rehearsed['verdict'];
  return { experiment, verdict, directory: 'runs/1' };
}

it('has a line for each experiment, also for those that were not begun', () => {
  const done = [
    rehearsed('freeze', [FAULT, { ...FAULT, lasting: false }]),
    rehearsed('kill', [{ ...FAULT, fromHealMs: null }]),
  ];
  const failure = { experiment: 'restart', cause: new Error('the platform is gone') };
  const planned = ['freeze', 'kill', 'restart', 'cut'].map((name) => ({ name }));
  expect(renderDay({ rehearsed: done, failure }, planned)).toBe(`
game day
experiment  verdict        acknowledged  lost  duplicated  well again after  run
freeze      pass (exit 0)  2,919         0     0           22 s              runs/1
kill        pass (exit 0)  2,919         0     0           not seen          runs/1
restart     no verdict
cut         not begun
`);
});
