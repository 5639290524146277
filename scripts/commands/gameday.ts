// `stampede gameday`, behind `npm run gameday`: several experiments in a row on one embedded platform, with rests, and one table at the end.

import { type Command, Option } from 'commander';
import type { Experiment } from '../../chaos/engine/experiment.ts';
import { ALL_EXPERIMENTS } from '../../chaos/experiments/all-experiments.ts';
import { dayExitCode, failureOf, rehearseAll } from './gameday-day.ts';
import { renderDay } from './gameday-table.ts';
import { addGameDayOptions, type GameDayOptions, onGameDayPlatform } from './on-game-day-platform.ts';
import { report } from './report.ts';
import { ON_EMBEDDED, requireExperiment } from './require-experiment.ts';
import { type ExperimentTools, runExperiment } from './run-experiment.ts';

/** One of the broker, one of a service that hangs, one of the database: within five minutes after set-up. */
const USUAL = ['broker-leader-kill', 'payments-freeze', 'database-restart'];

interface DayOptions extends GameDayOptions {
  readonly experiments: readonly string[];
}

export function register(program: Command): void {
  const command = program
    .command('gameday')
    .description('rehearse several failures under load, one after the other, and say what became of every order')
    .addOption(new Option('--experiments <names...>', 'which, in this order').default(USUAL, USUAL.join(' ')));
  addGameDayOptions(command)
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

async function gameday(options: DayOptions): Promise<void> {
  const experiments = options.experiments.map((name) => requireExperiment(name, ON_EMBEDDED));
  await onGameDayPlatform(experiments, options, (tools) => dayOf(experiments, options, tools));
}

/** The platform rests between two while the orders are read back. */
async function dayOf(experiments: readonly Experiment[], options: DayOptions, tools: ExperimentTools): Promise<void> {
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
