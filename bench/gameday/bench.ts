// Game days over all experiments, several times each: `stampede chaos run` as its users start it, on one testbed.

import { join } from 'node:path';
import { ALL_EXPERIMENTS } from '../../chaos/experiments/all-experiments.ts';
import { inTestbed, stampede } from '../in-testbed.ts';
import type { Outcome } from '../outcome.ts';
import { judgedRun, newBenchFolder } from '../run-folders.ts';
import { aimsOf, type Rehearsed, tableOf } from './table.ts';

export interface GamedayBenchOptions {
  /** How often each experiment is run. */
  readonly runs: number;
  /** Concurrent orders. */
  readonly users: number;
  readonly experiments: readonly string[];
  readonly instance: string;
}

export const EXPERIMENT_NAMES: readonly string[] = ALL_EXPERIMENTS.map(({ name }) => name);

export async function benchGameday(options: GamedayBenchOptions, say: (line: string) => void): Promise<Outcome> {
  const { runs, users, instance } = options;
  const folder = await newBenchFolder('gameday');
  const all: Rehearsed[] = [];
  await inTestbed(['--instance', instance, '--game-day'], async () => {
    for (const { experiment, number } of plannedRuns(options)) {
      say(`${experiment}, run ${number} of ${runs}`);
      const runsFolder = join(folder, `${experiment}-${number}`);
      const settings = ['--users', String(users), '--seed', String(number), '--instance', instance];
      const exitCode = await stampede(['chaos', 'run', experiment, ...settings, '--runs', runsFolder]);
      all.push(await rehearsed(experiment, exitCode, runsFolder));
    }
  });
  return {
    bench: 'gameday',
    parameters: { runs, users },
    table: tableOf(all),
    aims: aimsOf(all),
    notes: [
      'Orders are sums over the runs. Recovery: the least and the most of the runs, from heal for a fault that lasts, from inject for one that is over at once.',
      `Run directories: ${folder}`,
    ],
    measurements: all,
  };
}

function plannedRuns({ runs, experiments }: GamedayBenchOptions) {
  return experiments.flatMap((experiment) =>
    Array.from({ length: runs }, (_, index) => ({ experiment, number: index + 1 })),
  );
}

async function rehearsed(experiment: string, exitCode: number | null, runsFolder: string): Promise<Rehearsed> {
  const {
    run,
    verdict: { chaos, orders },
  } = await judgedRun(runsFolder);
  if (chaos === undefined || exitCode === null) throw new Error(`${run} tells of no fault`);
  return { experiment, exitCode, run, faults: chaos.faults, orders };
}
