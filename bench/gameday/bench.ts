// Game days over all experiments, several times each: `stampede chaos run` as its users start it, on one testbed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALL_EXPERIMENTS } from '../../chaos/experiments/all-experiments.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import type { Outcome } from '../outcome.ts';
import { aimsOf, type Rehearsed, tableOf } from './table.ts';

const FRONT_DOOR = fileURLToPath(new URL('../../scripts/stampede.mjs', import.meta.url));

export interface GamedayBenchOptions {
  /** How often each experiment is run. */
  readonly runs: number;
  /** Concurrent orders. */
  readonly users: number;
  readonly experiments: readonly string[];
  readonly instance: string;
}

export const EXPERIMENT_NAMES: readonly string[] = ALL_EXPERIMENTS.map(({ name }) => name);

/** Run directories are kept: each line of the table can be followed to every order. */
export async function benchGameday(options: GamedayBenchOptions, say: (line: string) => void): Promise<Outcome> {
  const { runs, users, experiments, instance } = options;
  makeFolder('runs/bench');
  const folder = await mkdtemp('runs/bench/gameday-');
  await stampede(['up', '--game-day', '--instance', instance]);
  const all: Rehearsed[] = [];
  try {
    for (const experiment of experiments) {
      for (let number = 1; number <= runs; number += 1) {
        say(`${experiment}, run ${number} of ${runs}`);
        const runsFolder = join(folder, `${experiment}-${number}`);
        const settings = ['--users', String(users), '--seed', String(number), '--instance', instance];
        const exitCode = await stampede(['chaos', 'run', experiment, ...settings, '--runs', runsFolder]);
        all.push(await rehearsed(experiment, exitCode, runsFolder));
      }
    }
  } finally {
    await stampede(['down', '--instance', instance]);
  }
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

/** Gives the exit code; what it prints is not for the table. */
async function stampede(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [FRONT_DOOR, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return exitCode;
}

/** A run without a verdict was not a measurement: the bench fails. */
async function rehearsed(experiment: string, exitCode: number | null, runsFolder: string): Promise<Rehearsed> {
  const [name = ''] = await readdir(runsFolder);
  const run = join(runsFolder, name);
  const { chaos, orders } = JSON.parse(await readFile(join(run, 'verdict.json'), 'utf8')) as Verdict;
  if (chaos === undefined || exitCode === null) throw new Error(`${run} tells of no fault`);
  return { experiment, exitCode, run, faults: chaos.faults, orders };
}
