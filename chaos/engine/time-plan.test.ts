import { expect, it } from 'vitest';
import { bounds } from '../../thresholds.ts';
import { ALL_EXPERIMENTS } from '../experiments/all-experiments.ts';
import type { Experiment, MethodStep } from './experiment.ts';
import { RECOVERY_S, recommendedLoadS } from './time-plan.ts';

const experiment = (...method: readonly MethodStep[]) => ({ method, steady: { forS: 5 } }) as unknown as Experiment;
const FREEZE = { fault: 'process-freeze', options: { process: 'payments' }, when: { afterS: 2 }, forS: 8 };
const PARTITION = { fault: 'broker-partition', options: { role: 'minority' }, when: { afterS: 35 }, forS: 20 };

it('the load that is recommended has room for gate, triggers, faults, healing of broker nodes, recovery and the settle time', () => {
  expect(recommendedLoadS(experiment(FREEZE))).toBe(5 + 2 + 8 + 30 + 5);
  expect(recommendedLoadS(experiment(FREEZE, PARTITION))).toBe(5 + 2 + 8 + 35 + 20 + 12 + 30 + 5);
  expect(recommendedLoadS(experiment({ parallel: [FREEZE, { ...PARTITION, when: { afterS: 2 } }] }))).toBe(74);
});

it('the time to recover in it is the bound of the embedded platform', () => {
  expect(RECOVERY_S * 1000).toBe(bounds.find(({ id }) => id === 'EMBEDDED-RECOVERY')?.limit);
});

it.each(ALL_EXPERIMENTS.map((each) => [each.name, each] as const))('%s has a load as long as that', (_name, each) => {
  expect(each.loadS).toBeGreaterThanOrEqual(recommendedLoadS(each));
});
