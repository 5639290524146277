// Message durability over all modes and faults, several times each: `stampede durability` as its users start it, on one testbed.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULT_NAMES, type FaultName, MODES, type Mode } from '../../lib/model/message.ts';
import type { RunRecord } from '../../lib/model/run.ts';
import type { BrokerSeries } from '../../testbed/testbed.ts';
import { inTestbed, stampede } from '../in-testbed.ts';
import type { Outcome } from '../outcome.ts';
import { newBenchFolder, runIn } from '../run-folders.ts';
import { aimsOf, type Followed, tableOf } from './table.ts';

export interface DurabilityBenchOptions {
  /** How often each mode meets each fault. */
  readonly runs: number;
  /** Held in backlog mode before the fault. */
  readonly messages: number;
  /** Length of streaming. */
  readonly minutes: number;
  readonly modes: readonly Mode[];
  readonly faults: readonly FaultName[];
  readonly instance: string;
  /** Which RabbitMQ; the machine's own when absent. */
  readonly rabbitmq?: BrokerSeries;
}

export const ALL_MODES = MODES;
export const ALL_FAULTS = FAULT_NAMES.filter((name) => name !== 'none');

export async function benchDurability(options: DurabilityBenchOptions, say: (line: string) => void): Promise<Outcome> {
  const folder = await newBenchFolder('durability');
  const { runs, messages, minutes, instance } = options;
  const testbed = ['--instance', instance, ...(options.rabbitmq === undefined ? [] : ['--rabbitmq', options.rabbitmq])];
  const all: Followed[] = [];
  await inTestbed(testbed, async () => {
    for (const { mode, fault, number } of plannedRuns(options)) {
      say(`${mode}, ${fault}, run ${number} of ${runs}`);
      const length = mode === 'backlog' ? ['--messages', String(messages)] : ['--minutes', String(minutes)];
      const runsFolder = join(folder, `${mode}-${fault}-${number}`);
      const command = ['durability', '--mode', mode, '--fault', fault, ...length, '--runs', runsFolder, ...testbed];
      all.push(await followed({ mode, fault, exitCode: await stampede(command) }, runsFolder));
    }
  });
  return {
    bench: 'durability',
    parameters: {
      runs,
      messages,
      minutes,
      RabbitMQ: all.find(({ brokerVersion }) => brokerVersion !== null)?.brokerVersion ?? 'unknown',
    },
    table: tableOf(all),
    aims: aimsOf(all),
    notes: [
      'Messages are sums over the runs; "at risk" is the least of a run, "without progress" the longest time without an acknowledgement.',
      `Run directories: ${folder}`,
    ],
    measurements: all,
  };
}

function plannedRuns({ runs, modes, faults }: DurabilityBenchOptions) {
  const numbers = Array.from({ length: runs }, (_, index) => index + 1);
  return modes.flatMap((mode) => faults.flatMap((fault) => numbers.map((number) => ({ mode, fault, number }))));
}

async function followed(asked: Pick<Followed, 'mode' | 'fault' | 'exitCode'>, runsFolder: string): Promise<Followed> {
  const { run, verdict } = await runIn(runsFolder);
  if (verdict?.messages === undefined) return { ...asked, run, brokerVersion: null, figures: null };
  const { versions } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as RunRecord;
  return { ...asked, run, brokerVersion: versions.rabbitmq ?? null, figures: verdict.messages };
}
