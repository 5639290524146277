// `stampede gameday`, behind `npm run gameday`: several experiments in a row on one embedded platform, with rests, and one table at the end.

import { type Command, Option } from 'commander';
import type { Experiment } from '../../chaos/engine/experiment.ts';
import { ALL_EXPERIMENTS } from '../../chaos/experiments/all-experiments.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import { defectNames } from '../../testbed/order-system/defects.ts';
import { instanceOf, refuseWrongOptions } from '../../testbed/testbed.ts';
import { prepare } from '../setup/prepare.ts';
import { atLeastOne, requireExperiment, wholeNumber } from './chaos.ts';
import { withEmbeddedTarget } from './embedded-target.ts';
import { dayExitCode, failureOf, rehearseAll } from './gameday-day.ts';
import { renderDay } from './gameday-table.ts';
import { report } from './report.ts';
import { type ExperimentOptions, type ExperimentTools, GAME_DAY_NEEDS, runExperiment } from './run-experiment.ts';
import { sweepStanding } from './sweep-standing.ts';
import { withTargetLock } from './target-lock.ts';
import { withInterrupt } from './with-interrupt.ts';

/** One of the broker, one of a service that hangs, one of the database: within five minutes after set-up. */
const USUAL = ['broker-leader-kill', 'payments-freeze', 'database-restart'];

interface GamedayOptions extends ExperimentOptions {
  readonly experiments: readonly string[];
  readonly defect: readonly string[];
  readonly keep?: boolean;
}

export function register(program: Command): void {
  program
    .command('gameday')
    .description('rehearse several failures under load, one after the other, and say what became of every order')
    .addOption(new Option('--experiments <names...>', 'which, in this order').default(USUAL, USUAL.join(' ')))
    .option('--users <number>', "concurrent orders (each experiment's own)", atLeastOne)
    .option('--seed <number>', 'seed of the workload', wholeNumber, 1)
    .option('--runs <folder>', 'where run directories are made', 'runs')
    .option('--instance <name>', 'which testbed')
    .option('--defect <name[=share]>', `plant a defect (repeatable): ${defectNames.join(', ')}`, collect, [])
    .option('--keep', 'leave the testbed up afterwards')
    .addHelpText(
      'after',
      `\nExperiments: ${ALL_EXPERIMENTS.map(({ name }) => name).join(', ')}, or files\n${EXIT_HELP}`,
    )
    .action(gameday);
}

const EXIT_HELP = `
Exit codes, the gravest of the experiments' first:
            7 a fault may still be active · 2 lost, contradicted or duplicated · 4 not recovered in time
            1 a bound broken · 6 stopped by a guard or by hand · 70 a defect of the suite · 5 inconclusive
            64 wrong usage · 69 target or tool not available · 0 all passed
A stop, a fault that is left and an experiment without a verdict end the day.`;

async function gameday(options: GamedayOptions): Promise<void> {
  const experiments = options.experiments.map(requireExperiment);
  const { instance, defect: defects, keep = false } = options;
  const wanted = { ...(instance === undefined ? {} : { instance }), defects, keep };
  refuseWrongOptions(wanted);
  makeFolder(options.runs);
  const { k6, 'fault-proxy': faultProxy } = await prepare({ needs: GAME_DAY_NEEDS });
  const embedded = { ...wanted, gameDay: { faultProxy } };
  await withTargetLock(instanceOf(instance), () =>
    withInterrupt(async (context) => {
      await sweepStanding(instance, context);
      await withEmbeddedTarget(embedded, context, (target) =>
        withTargetLock(target, () => dayOf(experiments, options, { ...context, k6, target })),
      );
    }),
  );
}

/** The platform rests between two while the orders are read back. */
async function dayOf(
  experiments: readonly Experiment[],
  options: GamedayOptions,
  tools: ExperimentTools,
): Promise<void> {
  const { interrupt } = tools;
  const rehearse = async (experiment: Experiment) => {
    const directory = await runExperiment(experiment, options, tools);
    return { experiment: experiment.name, verdict: await report(directory), directory: directory.root };
  };
  const day = await rehearseAll(experiments, rehearse, interrupt.stopLoad);
  process.stdout.write(renderDay(day, experiments));
  const exitCode = dayExitCode(day, experiments, interrupt.interruption);
  process.exitCode = exitCode;
  const failure = failureOf(day, exitCode);
  if (failure !== null) throw failure;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
