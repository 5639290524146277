// `stampede gameday`, behind `npm run gameday`: several experiments in a row on one embedded platform, with rests, and one table at the end.

import { type Command, Option } from 'commander';
import type { Experiment } from '../../chaos/engine/experiment.ts';
import { ALL_EXPERIMENTS } from '../../chaos/experiments/all-experiments.ts';
import { EXIT, worstExitCode } from '../../lib/model/exit-code.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import { defectNames } from '../../testbed/order-system/defects.ts';
import { instanceOf, refuseWrongOptions } from '../../testbed/testbed.ts';
import { prepare } from '../setup/prepare.ts';
import { atLeastOne, requireExperiment, wholeNumber } from './chaos.ts';
import { withEmbeddedTarget } from './embedded-target.ts';
import { type Rehearsed, renderDay } from './gameday-table.ts';
import { report } from './report.ts';
import { type ExperimentOptions, GAME_DAY_NEEDS, runExperiment } from './run-experiment.ts';
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
The exit code is the gravest of the experiments': 7 a fault may still be active · 2 lost, contradicted or duplicated
4 not recovered in time · 1 a bound broken · 6 stopped · 70 a defect of the suite · 5 inconclusive · 0 all passed`;

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
        withTargetLock(target, async () => {
          const rehearsed = await rehearse(experiments, options, { ...context, k6, target });
          process.stdout.write(renderDay(rehearsed, experiments));
          process.exitCode = worstExitCode(rehearsed.map(({ verdict }) => verdict.exitCode));
        }),
      );
    }),
  );
}

/** A fault that may still be active, and a stop by hand, end the day. The platform rests between two while the orders are read back. */
async function rehearse(
  experiments: readonly Experiment[],
  options: GamedayOptions,
  tools: Parameters<typeof runExperiment>[2],
): Promise<readonly Rehearsed[]> {
  const rehearsed: Rehearsed[] = [];
  for (const experiment of experiments) {
    const directory = await runExperiment(experiment, options, tools);
    const verdict = await report(directory);
    rehearsed.push({ experiment: experiment.name, verdict, directory: directory.root });
    if (verdict.exitCode === EXIT.notHealed || tools.interrupt.stopLoad.aborted) break;
  }
  return rehearsed;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
