// `stampede chaos`: breaks one thing under load and says what became of every order, how long it took, and that all is healed.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { checkExperiment, readExperimentFile } from '../../chaos/engine/check-experiment.ts';
import type { Experiment } from '../../chaos/engine/experiment.ts';
import { survey } from '../../chaos/engine/survey.ts';
import { sweep } from '../../chaos/engine/sweep.ts';
import { ALL_EXPERIMENTS, experimentNamed } from '../../chaos/experiments/all-experiments.ts';
import { ALL_FAULTS, faultNamed } from '../../chaos/faults/all-faults.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import { readTargetFile } from '../../lib/config/target-file.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { instanceOf, status } from '../../testbed/testbed.ts';
import { describePlan, describeSurvey, listExperiments } from './experiment-text.ts';
import { listFaults } from './fault-text.ts';
import { addGameDayOptions, type GameDayOptions, onGameDayPlatform } from './on-game-day-platform.ts';
import { report } from './report.ts';
import { runExperiment } from './run-experiment.ts';
import { withTargetLock } from './target-lock.ts';

interface ChaosRunOptions extends GameDayOptions {
  readonly dryRun?: boolean;
  readonly target?: string;
  readonly execute?: boolean;
  readonly environment?: string;
}

export function register(program: Command): void {
  const chaos = program.command('chaos').description('break one thing under load, follow every order, and heal');
  chaos
    .command('list')
    .description('the experiments that ship, or every fault with its options')
    .option('--faults', 'the faults of which experiments are made')
    .action(({ faults }: { faults?: boolean }) => {
      process.stdout.write(faults === true ? listFaults(ALL_FAULTS) : listExperiments(ALL_EXPERIMENTS));
    });
  const run = chaos
    .command('run')
    .description('run one experiment on the embedded platform')
    .argument('<experiment>', 'a name of `stampede chaos list`, or a JSON or YAML file')
    .option('--dry-run', 'only say what would be done, and to whom');
  addGameDayOptions(run)
    .option(
      '--target <file>',
      'another platform: only a dry run, since this version has faults for the embedded platform alone',
    )
    .option('--execute', 'with --target: refused in this version (exit 69)')
    .option('--environment <name>', "with --execute: the target's name, typed; without it, refused with 64")
    .addHelpText('after', EXIT_HELP)
    .action(chaosRun);
  chaos
    .command('sweep')
    .description('find and heal what experiments have left')
    .option('--instance <name>', 'which testbed')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing is left · 7 a fault may still be active · 64 wrong usage · 69 in use, or the machine is short of memory or disk · 70 a defect of the suite',
    )
    .action(sweepInstance);
}

const EXIT_HELP = `
Exit codes: 0 pass · 1 a bound broken · 2 lost, contradicted or duplicated · 4 not recovered in time · 5 inconclusive
            6 stopped by a guard or by hand · 7 a fault may still be active · 64 wrong usage
            69 target or tool not available · 70 a defect of the suite`;

async function chaosRun(name: string, options: ChaosRunOptions): Promise<void> {
  const experiment = requireExperiment(name);
  if (options.target !== undefined) return elsewhere(experiment, options, options.target);
  if (options.execute !== undefined || options.environment !== undefined) {
    throw usage('--execute and --environment are for another platform', 'Leave them out, or give its --target file.');
  }
  if (options.dryRun === true) return dryRun(experiment, options);
  await onGameDayPlatform(options, async (tools) => {
    await report(await runExperiment(experiment, options, tools));
  });
}

/** Asks a testbed that is up whom each fault would strike; without one, the plan alone. */
async function dryRun(experiment: Experiment, { instance }: ChaosRunOptions): Promise<void> {
  const found = await status({ ...(instance === undefined ? {} : { instance }) });
  if (found?.ready !== true) {
    process.stdout.write(describePlan(experiment));
    process.stdout.write('Whom it would strike is looked up on a testbed that is up: npx stampede up --game-day\n');
    return;
  }
  const told = await survey(experiment, { system: embeddedSystem(instance), faultNamed });
  process.stdout.write(describeSurvey(experiment, told));
}

/** What is not ours is not broken by accident: the name of the environment must be typed. */
function elsewhere(experiment: Experiment, { execute, environment, dryRun: dry }: ChaosRunOptions, file: string): void {
  const target = readTargetFile(file);
  if (execute !== true || dry === true) {
    process.stdout.write(describePlan(experiment));
    process.stdout.write(
      `This was a dry run. This version cannot break ${target.name}: it has faults for the embedded platform alone.\n`,
    );
    return;
  }
  if (environment !== target.name) {
    throw usage(
      environment === undefined
        ? '--execute wants the name of the environment, typed'
        : `this target is not ${environment}`,
      `The target file ${file} names its environment; type that after --environment.`,
    );
  }
  throw new StampedeError(
    `nothing is known of how to break ${target.name}: faults act on the embedded platform alone`,
    {
      exitCode: EXIT.unavailable,
      hint: 'Leave out --target to run the experiment on the embedded platform.',
    },
  );
}

async function sweepInstance({ instance: name }: { readonly instance?: string }): Promise<void> {
  const instance = instanceOf(name);
  if ((await status({ instance: instance.name })) === null) {
    process.stdout.write(`There is no testbed ${instance.name}, so nothing of it can be left.\n`);
    return;
  }
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const found = await withTargetLock(instance, () => sweep(embeddedSystem(instance.name), { faultNamed, say }));
  say(found === 0 ? 'Nothing was left.' : `All healed: ${found} leftover ${found === 1 ? 'fault' : 'faults'}.`);
}

/** By name, or from a file: what looks like a path is one. StampedeError 64 when it is neither, or no experiment. */
export function requireExperiment(name: string): Experiment {
  const shipped = experimentNamed(name);
  if (shipped !== undefined) return checkExperiment(shipped, ALL_FAULTS);
  if (/[./]/.test(name) || existsSync(name)) return readExperimentFile(name, ALL_FAULTS);
  throw usage(
    `there is no experiment "${name}"`,
    `Experiments: ${ALL_EXPERIMENTS.map((each) => each.name).join(', ')}`,
  );
}

function usage(message: string, hint: string): StampedeError {
  return new StampedeError(message, { exitCode: EXIT.usage, hint });
}
