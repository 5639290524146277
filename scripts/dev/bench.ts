// `stampede bench`, behind `npm run bench`: measures the suite itself; a table on standard output and a JSON file beside it.

import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { type AmqpOptions, benchAmqp } from '../../bench/amqp/bench.ts';
import { ALL_FAULTS, ALL_MODES, benchDurability, type DurabilityBenchOptions } from '../../bench/durability/bench.ts';
import {
  benchGameday,
  EXPERIMENT_NAMES,
  type GamedayBenchOptions,
  KUBERNETES_NAMES,
} from '../../bench/gameday/bench.ts';
import { benchHealing, type HealingBenchOptions } from '../../bench/healing/bench.ts';
import { benchJudging } from '../../bench/judging/bench.ts';
import { benchOverhead, type OverheadOptions } from '../../bench/k6-overhead/bench.ts';
import { thisMachine } from '../../bench/machine.ts';
import { benchMemory, type MemoryOptions } from '../../bench/memory/bench.ts';
import { type Outcome, renderOutcome, writeOutcome } from '../../bench/outcome.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { atLeastOne } from '../commands/option-values.ts';
import { rabbitmqOption } from '../commands/rabbitmq-option.ts';

export function register(program: Command): void {
  const bench = program.command('bench').description('measure this project itself, on an idle machine');
  bench
    .command('k6-overhead')
    .description('requests per CPU-second and memory of the load generator, beside plain k6 v2.2.0')
    .option('--pairs <number>', 'how often each generator is measured, in turn', atLeastOne, 5)
    .option('--seconds <number>', 'length of one measurement', atLeastOne, 30)
    .action((options: OverheadOptions) => present(() => benchOverhead(options, progress)));
  bench
    .command('memory')
    .description('memory of the load generator over a long run')
    .option('--minutes <number>', 'length of the run', atLeastOne, 30)
    .option('--warm-up-minutes <number>', 'growth counts from here on', atLeastOne, 5)
    .option('--users <number>', 'concurrent orders', atLeastOne, 1000)
    .action((options: MemoryOptions) => present(() => benchMemory(requireLength(options), progress)));
  bench
    .command('judging')
    .description('time and memory of `stampede judge` on synthetic runs')
    .option('--operations <list>', 'lengths of the runs in operations, such as 1e6,3e6,1e7', counts, [1e6])
    .action((options: { operations: readonly number[] }) => present(() => benchJudging(options, progress)));
  bench
    .command('durability')
    .description('what becomes of messages, over all modes and faults of `stampede durability`')
    .option('--runs <number>', 'how often each mode meets each fault', atLeastOne, 5)
    .option('--messages <number>', 'backlog: held before the fault', atLeastOne, 30_000)
    .option('--minutes <number>', 'streaming: for how long', atLeastOne, 3)
    .addOption(new Option('--modes <names...>', 'only these').choices(ALL_MODES).default(ALL_MODES))
    .addOption(new Option('--faults <names...>', 'only these').choices(ALL_FAULTS).default(ALL_FAULTS))
    .option('--instance <name>', 'which testbed', 'bench-durability')
    .addOption(rabbitmqOption())
    .action((options: DurabilityBenchOptions) => presentStrictly(() => benchDurability(options, progress)));
  bench
    .command('amqp')
    .description(
      'messages per second and per CPU-second of k6/x/amqp, beside a bare Go program on the same client library',
    )
    .option('--rounds <number>', 'how often each program is measured, in turn', atLeastOne, 3)
    .option('--seconds <number>', 'publishing: length of one measurement', atLeastOne, 20)
    .option('--messages <number>', 'consuming: how many', atLeastOne, 200_000)
    .option('--instance <name>', 'which testbed', 'bench-amqp')
    .action((options: AmqpOptions) => present(() => benchAmqp(options, progress)));
  bench
    .command('gameday')
    .description('what becomes of orders and how long recovery takes, over all experiments of `stampede chaos`')
    .option('--runs <number>', 'how often each experiment is run', atLeastOne, 3)
    .option('--users <number>', 'concurrent orders', atLeastOne, 300)
    .addOption(
      new Option('--experiments <names...>', 'only these')
        .choices([...EXPERIMENT_NAMES, ...KUBERNETES_NAMES])
        .default(EXPERIMENT_NAMES),
    )
    .option('--instance <name>', 'which testbed', 'bench-gameday')
    .option('--target <file>', 'a platform on Kubernetes that is up, in place of a testbed')
    .option('--environment <name>', "with --target: the target's name, typed")
    .action((options: GamedayBenchOptions) => presentStrictly(() => benchGameday(options, progress)));
  bench
    .command('healing')
    .description('stop the suite at random moments in the middle of experiments; nothing of a fault may be left')
    .option('--moments <number>', 'how often', atLeastOne, 10)
    .option('--seed <number>', 'of the moments', atLeastOne, 1)
    .option('--only <number>', 'repeat one moment of that seed', atLeastOne)
    .option('--instance <name>', 'which testbed', 'bench-healing')
    .action((options: HealingBenchOptions) => presentStrictly(() => benchHealing(options, progress)));
}

/** An aim that was not met is a figure, not a failure. */
async function present(measure: () => Promise<Outcome>): Promise<void> {
  await presented(measure);
}

/** What must never be: an aim that was not met is a failure, exit 1. */
async function presentStrictly(measure: () => Promise<Outcome>): Promise<void> {
  const { aims } = await presented(measure);
  if (aims.some(({ met }) => !met)) process.exitCode = EXIT.boundBroken;
}

/** The machine is looked at first: the bench itself is load. */
async function presented(measure: () => Promise<Outcome>): Promise<Outcome> {
  const machine = await thisMachine();
  const outcome = await measure();
  const path = join('runs', 'bench', `${outcome.bench}-${machine.date.replaceAll(/[:.]/g, '')}.json`);
  writeOutcome(outcome, machine, path);
  console.log(renderOutcome(outcome, machine));
  console.log(`\nevery measurement: ${path}`);
  return outcome;
}

function progress(line: string): void {
  console.error(`stampede: ${line}`);
}

function requireLength(options: MemoryOptions): MemoryOptions {
  if (options.minutes >= options.warmUpMinutes + 2) return options;
  throw new StampedeError('growth is measured over two minutes after the warm-up at least', {
    exitCode: EXIT.usage,
    hint: `Give --minutes ${options.warmUpMinutes + 2} or more, or a shorter --warm-up-minutes.`,
  });
}

function counts(text: string): readonly number[] {
  return text.split(',').map(atLeastOne);
}
