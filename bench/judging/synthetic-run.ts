// Writes the directory of a run that never was, line for line as a real one looks: a long load whose orders all completed.

import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import type { Profile } from '../../lib/model/profile.ts';
import type { RunRecord } from '../../lib/model/run.ts';
import { profileNamed } from '../../lib/workload/profiles.ts';
import { type RunDirectory, runDirectoryAt, writeRunRecord } from '../../reports/store/run-directory.ts';
import { bounds } from '../../thresholds.ts';
import { effectsLines } from './effects-lines.ts';
import { finalReadLines } from './final-read-lines.ts';
import { historyLines, loadMs, STAGE_SHARES } from './history-lines.ts';
import { observationLines, timelineLines } from './series-lines.ts';
import { READS_PER_ORDER, START_MS, STEPS_PER_ORDER, syntheticRunId } from './shape.ts';

const WRITE_BYTES = 1 << 20;
const SETTLE_MS = 1_000;

/** Orders in a run of about this many operations: five of the load and one final read each. */
export function ordersFor(operations: number): number {
  return Math.max(1, Math.round(operations / (STEPS_PER_ORDER + READS_PER_ORDER)));
}

/** Streams everything into the folder `root`, which is made; memory does not grow with the number of orders. */
export async function writeSyntheticRun(root: string, orders: number): Promise<RunDirectory> {
  mkdirSync(root, { recursive: true });
  const directory = runDirectoryAt(root);
  await writeRunRecord(directory, runRecord(orders));
  writeLines(directory.history, historyLines(orders));
  writeLines(directory.finalReads, finalReadLines(orders, settledMs(orders)));
  writeLines(directory.effects, effectsLines(orders));
  writeLines(directory.observations, observationLines(loadMs(orders)));
  writeLines(directory.timeline, timelineLines(loadMs(orders)));
  return directory;
}

function settledMs(orders: number): number {
  return START_MS + loadMs(orders) + SETTLE_MS;
}

function writeLines(path: string, lines: Iterable<string>): void {
  const file = openSync(path, 'wx');
  let pending = '';
  for (const line of lines) {
    pending += `${line}\n`;
    if (pending.length < WRITE_BYTES) continue;
    writeSync(file, pending);
    pending = '';
  }
  writeSync(file, pending);
  closeSync(file);
}

function runRecord(orders: number): RunRecord {
  const profile = profileOf(orders);
  const loadEndedMs = START_MS + loadMs(orders);
  return {
    v: 1,
    run: syntheticRunId,
    suiteVersion: 'synthetic',
    scenario: 'order-ramp',
    profile,
    seed: 1,
    target: {
      name: 'synthetic',
      embedded: false,
      flow: 'seed',
      baseUrls: { shopping: 'http://127.0.0.1:1', orders: 'http://127.0.0.1:1' },
      capabilities: ['effects', 'totals', 'broker', 'database'],
      waivers: [],
    },
    bounds,
    startedMs: START_MS,
    endedMs: settledMs(orders) + SETTLE_MS,
    load: { startedMs: START_MS, endedMs: loadEndedMs },
    settle: { startedMs: loadEndedMs, endedMs: settledMs(orders), stuckAfterMs: profile.stuckAfterMs, allFinal: true },
    generators: [{ generator: 'g1', exitCode: 0, signal: null }],
    interruption: null,
    clocks: [],
    versions: {},
    troubles: [],
  };
}

/** The profile `launch`, as long as the load of so many orders is. */
function profileOf(orders: number): Profile {
  const launch = profileNamed('launch');
  if (launch === undefined) throw new Error('the profile launch is gone: choose another one for the synthetic run');
  const loadS = loadMs(orders) / 1000;
  const stages = launch.stages.map((stage) => ({ ...stage, rampS: 0, holdS: loadS * (STAGE_SHARES[stage.name] ?? 0) }));
  return { ...launch, stages };
}
