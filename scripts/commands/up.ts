// `stampede up`: starts the embedded order platform and says where everything is.

import type { Command } from 'commander';
import { openProgress } from '../../lib/machine/progress.ts';
import { defectNames } from '../../testbed/order-system/defects.ts';
import { type BrokerSeries, refuseWrongOptions, up } from '../../testbed/testbed.ts';
import { prepare } from '../setup/prepare.ts';
import { rabbitmqOption } from './rabbitmq-option.ts';
import { addressTable, testbedNotes } from './testbed-text.ts';

interface UpCommandOptions {
  readonly instance?: string;
  readonly loopback?: boolean;
  readonly rabbitmq?: BrokerSeries;
  readonly defect?: readonly string[];
}

export function register(program: Command): void {
  program
    .command('up')
    .description('start the embedded order platform: 3 RabbitMQ nodes, PostgreSQL and six services')
    .option('--instance <name>', "name of the testbed (default: this clone's own)")
    .option('--loopback', 'no network namespaces, also as root')
    .addOption(rabbitmqOption())
    .option('--defect <name[=share]>', `plant a defect, repeatable: ${defectNames.join(', ')}`, collect)
    .action(run);
}

async function run({ defect = [], ...options }: UpCommandOptions): Promise<void> {
  refuseWrongOptions({ ...options, defects: defect });
  await prepare({ needs: ['rabbitmq', 'postgresql'], rabbitmq: options.rabbitmq });
  const stop = new AbortController();
  const abort = () => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, abort);
  try {
    const progress = openProgress();
    const { alreadyUp, status } = await up({ ...options, defects: defect, progress, signal: stop.signal });
    progress.done();
    console.log(`testbed ${status.instance} is ${alreadyUp ? 'already up' : 'up'}`);
    console.log(addressTable(status));
    for (const note of testbedNotes(status)) console.log(note);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
