// Game days over all experiments, several times each: `stampede chaos run` as its users start it, on one testbed or on Kubernetes.

import { join } from 'node:path';
import { ALL_EXPERIMENTS } from '../../chaos/experiments/all-experiments.ts';
import { KUBERNETES_EXPERIMENTS } from '../../chaos/experiments/kubernetes.ts';
import { inTestbed, stampede } from '../in-testbed.ts';
import type { Outcome } from '../outcome.ts';
import { newBenchFolder, runIn } from '../run-folders.ts';
import { aimsOf, type Rehearsed, tableOf } from './table.ts';

export interface GamedayBenchOptions {
  /** How often each experiment is run. */
  readonly runs: number;
  /** Concurrent orders. */
  readonly users: number;
  readonly experiments: readonly string[];
  readonly instance: string;
  /** Target file of a platform on Kubernetes that is up; a testbed of its own when absent. */
  readonly target?: string;
  /** The target's name, typed. */
  readonly environment?: string;
}

export const EXPERIMENT_NAMES: readonly string[] = ALL_EXPERIMENTS.map(({ name }) => name);
export const KUBERNETES_NAMES: readonly string[] = KUBERNETES_EXPERIMENTS.map(({ name }) => name);

export async function benchGameday(options: GamedayBenchOptions, say: (line: string) => void): Promise<Outcome> {
  const { runs, users } = options;
  const folder = await newBenchFolder('gameday');
  const all: Rehearsed[] = [];
  await onPlatform(options, async (place) => {
    for (const { experiment, number } of plannedRuns(options)) {
      say(`${experiment}, run ${number} of ${runs}`);
      const runsFolder = join(folder, `${experiment}-${number}`);
      const settings = ['--users', String(users), '--seed', String(number), '--runs', runsFolder];
      const exitCode = await stampede(['chaos', 'run', experiment, ...settings, ...place]);
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

/** Hands on by which options `chaos run` finds it. */
async function onPlatform(
  { instance, target, environment = '' }: GamedayBenchOptions,
  work: (place: readonly string[]) => Promise<void>,
): Promise<void> {
  if (target !== undefined) return work(['--target', target, '--execute', '--environment', environment]);
  await inTestbed(['--instance', instance, '--game-day'], () => work(['--instance', instance]));
}

function plannedRuns({ runs, experiments }: GamedayBenchOptions) {
  return experiments.flatMap((experiment) =>
    Array.from({ length: runs }, (_, index) => ({ experiment, number: index + 1 })),
  );
}

async function rehearsed(experiment: string, exitCode: number | null, runsFolder: string): Promise<Rehearsed> {
  const { run, verdict } = await runIn(runsFolder);
  if (verdict?.chaos === undefined) return { experiment, exitCode, run, seen: null };
  return { experiment, exitCode, run, seen: { faults: verdict.chaos.faults, orders: verdict.orders } };
}
