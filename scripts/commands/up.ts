// `stampede up`: starts the embedded order platform and says where everything is.

import type { Command } from 'commander';
import { openProgress } from '../../lib/machine/progress.ts';
import { defectNames } from '../../testbed/order-system/defects.ts';
import { type BrokerSeries, refuseWrongOptions, up } from '../../testbed/testbed.ts';
import { prepare } from '../setup/prepare.ts';
import { collect } from './option-values.ts';
import { rabbitmqOption } from './rabbitmq-option.ts';
import { addressTable, testbedNotes } from './testbed-text.ts';

interface UpCommandOptions {
  readonly instance?: string;
  readonly loopback?: boolean;
  readonly gameDay?: boolean;
  readonly rabbitmq?: BrokerSeries;
  readonly defect?: readonly string[];
}

export function register(program: Command): void {
  program
    .command('up')
    .description('start the embedded order platform: 3 RabbitMQ nodes, PostgreSQL and six services')
    .option('--instance <name>', "name of the testbed (default: this clone's own)")
    .option('--loopback', 'no network namespaces, also as root')
    .option(
      '--game-day',
      'ready for every fault: a proxy in each connection of the services, a small disk under a broker node',
    )
    .addOption(rabbitmqOption())
    .option('--defect <name[=share]>', `plant a defect, repeatable: ${defectNames.join(', ')}`, collect)
    .addHelpText(
      'after',
      `
Exit codes: 0 it is up, and all of it is ready · 6 stopped by hand, and removed again
            64 wrong usage, or it is up with other options · 69 a tool is missing, or it did not come up · 70 a defect of the suite`,
    )
    .action(run);
}

async function run({ defect = [], gameDay = false, ...options }: UpCommandOptions): Promise<void> {
  refuseWrongOptions({ ...options, defects: defect });
  const ground = gameDay ? await prepareGameDay() : {};
  await prepare({ needs: ['rabbitmq', 'postgresql'], rabbitmq: options.rabbitmq });
  const stop = new AbortController();
  const abort = () => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, abort);
  try {
    const progress = openProgress();
    const { alreadyUp, status } = await up({ ...options, ...ground, defects: defect, progress, signal: stop.signal });
    progress.done();
    console.log(`testbed ${status.instance} is ${alreadyUp ? 'already up' : 'up'}`);
    console.log(addressTable(status));
    for (const note of testbedNotes(status)) console.log(note);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}

/** What faults need on this machine beside the platform itself. */
async function prepareGameDay() {
  const tools = await prepare({ needs: ['fault-proxy', 'packet-filter'] });
  return { gameDay: { faultProxy: tools['fault-proxy'], isNeeded: true } };
}
