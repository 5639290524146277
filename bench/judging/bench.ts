// What judging a run costs as the run gets longer: `stampede judge` on synthetic runs, as its users start it.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '../../lib/model/verdict.ts';
import type { RunDirectory } from '../../reports/store/run-directory.ts';
import { FRONT_DOOR } from '../in-testbed.ts';
import type { Outcome } from '../outcome.ts';
import { watchTree } from '../watch-process.ts';
import { aimsOf, type Judged, tableOf } from './compare.ts';
import { ordersFor, writeSyntheticRun } from './synthetic-run.ts';

export interface JudgingOptions {
  /** Lengths of runs, in operations; six operations are an order. */
  readonly operations: readonly number[];
}

/** Needs about 700 bytes of disk per operation in the temporary folder; one run at a time. */
export async function benchJudging({ operations }: JudgingOptions, say: (line: string) => void): Promise<Outcome> {
  const judged: Judged[] = [];
  for (const count of operations) {
    say(`${count} operations`);
    judged.push(await judgeSynthetic(count));
  }
  return {
    bench: 'judging',
    parameters: { operations: operations.join(', ') },
    table: tableOf(judged),
    aims: aimsOf(judged),
    notes: [
      'Time and memory are those of the command from its start to its end; memory is that of its largest process.',
    ],
    measurements: judged,
  };
}

async function judgeSynthetic(operations: number): Promise<Judged> {
  const folder = await mkdtemp(join(tmpdir(), 'stampede-bench-'));
  try {
    const orders = ordersFor(operations);
    const directory = await writeSyntheticRun(join(folder, 'run'), orders);
    const startMs = performance.now();
    const { cpuSeconds, peakRssBytes } = await judgeIn(directory);
    const wallMs = performance.now() - startMs;
    await requirePass(directory, orders);
    return { operations, orders, wallMs, cpuSeconds, peakRssBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function judgeIn(directory: RunDirectory) {
  const child = spawn(process.execPath, [FRONT_DOOR, 'judge', directory.root], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('close', () => resolve());
    child.once('error', reject);
  });
  const watch = watchTree(child.pid as number);
  await ended;
  return watch.stop();
}

/** A verdict that says something else was not the work that was to be measured. */
async function requirePass({ verdict: path }: RunDirectory, orders: number): Promise<void> {
  const verdict = JSON.parse(await readFile(path, 'utf8')) as Verdict;
  if (verdict.word === 'pass' && verdict.orders.fates.completed === orders) return;
  throw new Error(`the synthetic run was judged ${verdict.word}: ${verdict.because}`);
}
