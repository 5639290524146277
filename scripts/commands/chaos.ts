// `stampede chaos`: breaks one thing under load and says what became of every order, how long it took, and that all is healed.

import type { Command } from 'commander';
import { checkExperiment } from '../../chaos/engine/check-experiment.ts';
import type { Experiment } from '../../chaos/engine/experiment.ts';
import { survey } from '../../chaos/engine/survey.ts';
import { sweep } from '../../chaos/engine/sweep.ts';
import { ALL_EXPERIMENTS } from '../../chaos/experiments/all-experiments.ts';
import { KUBERNETES_EXPERIMENTS } from '../../chaos/experiments/kubernetes.ts';
import { ALL_FAULTS } from '../../chaos/faults/all-faults.ts';
import type { AnyFault } from '../../chaos/faults/fault.ts';
import { partsOf } from '../../chaos/kubernetes/parts.ts';
import { embeddedScene } from '../../chaos/targets/embedded-scene.ts';
import type { KubernetesScene } from '../../chaos/targets/kubernetes-scene.ts';
import { redact } from '../../lib/config/known-secrets.ts';
import { readTargetFile } from '../../lib/config/target-file.ts';
import { openProgress } from '../../lib/machine/progress.ts';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError, usageError } from '../../lib/model/stampede-error.ts';
import type { Target } from '../../lib/model/target.ts';
import { instanceOf, status } from '../../testbed/testbed.ts';
import { dryExitCode, dryRunEmbedded } from './dry-run.ts';
import { describePlan, describeSurvey, listExperiments } from './experiment-text.ts';
import { listFaults } from './fault-text.ts';
import { addGameDayOptions, type GameDayOptions, onGameDayPlatform } from './on-game-day-platform.ts';
import { describePods, held, onKubernetes, openScene } from './on-kubernetes.ts';
import { report } from './report.ts';
import { ON_EMBEDDED, requireExperiment } from './require-experiment.ts';
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
    .option('--kubernetes', 'those for Kubernetes, and faults as they are made there')
    .action(list);
  const run = chaos
    .command('run')
    .description('run one experiment, on the embedded platform or on Kubernetes')
    .argument('<experiment>', `a name that ${typed('chaos list')} shows, or a JSON or YAML file`)
    .option('--dry-run', 'only say what would be done, and to whom');
  addGameDayOptions(run)
    .option('--target <file>', 'another platform, whose file has a section "kubernetes": a dry run unless --execute')
    .option('--execute', 'with --target: break it')
    .option('--environment <name>', "with --execute: the target's name, typed; without it, refused with 64")
    .addHelpText('after', EXIT_HELP)
    .action(chaosRun);
  chaos
    .command('sweep')
    .description('find and heal what experiments have left')
    .option('--instance <name>', 'which testbed')
    .option('--kubernetes', 'on the platform of --target, by the labels of what was made')
    .option('--target <file>', 'with --kubernetes: its target file')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing is left · 7 a fault may still be active · 64 wrong usage · 69 in use, or the machine is short of memory or disk · 70 a defect of the suite',
    )
    .action(sweepAnywhere);
}

const EXIT_HELP = `
Exit codes: 0 pass · 1 a bound broken · 2 lost, contradicted or duplicated · 4 not recovered in time · 5 inconclusive
            6 stopped by a guard or by hand · 7 a fault may still be active · 64 wrong usage
            69 target or tool not available · 70 a defect of the suite`;

async function list({ faults = false, kubernetes = false }: { faults?: boolean; kubernetes?: boolean }): Promise<void> {
  const experiments = kubernetes ? [...ALL_EXPERIMENTS, ...KUBERNETES_EXPERIMENTS] : ALL_EXPERIMENTS;
  if (!faults) return void process.stdout.write(listExperiments(experiments));
  process.stdout.write(listFaults(kubernetes ? await kubernetesFaults() : ALL_FAULTS));
}

async function chaosRun(name: string, options: ChaosRunOptions): Promise<void> {
  if (options.target !== undefined) return elsewhere(name, options, options.target);
  const experiment = asAsked(requireExperiment(name, ON_EMBEDDED), options);
  if (options.execute !== undefined || options.environment !== undefined) {
    throw usageError(
      '--execute and --environment are for another platform',
      'Leave them out, or give its --target file.',
    );
  }
  if (options.dryRun === true) return dryRunEmbedded(experiment, options.instance);
  await onGameDayPlatform([experiment], options, async (tools) => {
    await report(await runExperiment(experiment, options, tools));
  });
}

/** A dry run tells of the load that a run would have. */
function asAsked(experiment: Experiment, { users }: ChaosRunOptions): Experiment {
  return users === undefined ? experiment : { ...experiment, users };
}

/** What is not ours is not broken by accident: the name of the environment must be typed. */
async function elsewhere(name: string, options: ChaosRunOptions, file: string): Promise<void> {
  const { execute = false, environment, dryRun: dry = false } = options;
  const target = readTargetFile(file);
  const known = target.kubernetes === undefined ? { faults: ALL_FAULTS } : { faults: await kubernetesFaults() };
  const experiment = asAsked(requireExperiment(name, known), options);
  if (target.kubernetes === undefined) return unbreakable(experiment, target, execute && !dry);
  const check = ({ system }: KubernetesScene): void =>
    void checkExperiment(experiment, { ...known, parts: partsOf(system) }, name);
  if (!execute || dry) return dryRunOnKubernetes(experiment, await openScene(file, check));
  refuseUntyped(target, environment, file);
  await onKubernetes(file, { ...options, check }, async (tools) => {
    await report(await runExperiment(experiment, options, tools));
  });
}

async function dryRunOnKubernetes(experiment: Experiment, scene: KubernetesScene): Promise<void> {
  process.stdout.write(await describePods(scene));
  const told = await survey(experiment, scene);
  process.stdout.write(describeSurvey(experiment, told));
  process.exitCode = dryExitCode(told);
}

function refuseUntyped({ name }: Target, environment: string | undefined, file: string): void {
  if (environment === name) return;
  throw usageError(
    environment === undefined
      ? '--execute wants the name of the environment, typed'
      : `this target is not ${environment}`,
    `The target file ${file} names its environment; type that after --environment.`,
  );
}

/** Nobody has said where its parts run. */
function unbreakable(experiment: Experiment, { name }: Target, execute: boolean): void {
  if (execute) {
    throw new StampedeError(`nothing is known of how to break ${name}: its target file has no section "kubernetes"`, {
      exitCode: EXIT.unavailable,
      hint: 'Add the section (docs/targets.md), or leave out --target to run the experiment on the embedded platform.',
    });
  }
  process.stdout.write(describePlan(experiment));
  process.stdout.write(
    `This was a dry run. ${name} could not be broken: its target file has no section "kubernetes".\n`,
  );
}

async function kubernetesFaults(): Promise<readonly AnyFault[]> {
  const { KUBERNETES_FAULTS } = await import('../../chaos/kubernetes/faults/all-faults.ts');
  return KUBERNETES_FAULTS;
}

interface SweepOptions {
  readonly instance?: string;
  readonly kubernetes?: boolean;
  readonly target?: string;
}

async function sweepAnywhere({ instance, kubernetes = false, target }: SweepOptions): Promise<void> {
  if (kubernetes !== (target !== undefined))
    throw usageError('--kubernetes and --target go together', 'Give both, or none.');
  if (target === undefined) return sweepInstance(instance);
  const progress = openProgress(process.stderr, redact);
  await held(target, { progress }, async ({ system, faultNamed: named }) => {
    sayFound(await sweep(system, { faultNamed: named, say: sayOut }));
  });
}

async function sweepInstance(name: string | undefined): Promise<void> {
  const instance = instanceOf(name);
  if ((await status({ instance: instance.name })) === null) {
    if (name !== undefined)
      throw usageError(
        `there is no testbed ${name}`,
        `${typed('doctor')} lists those of this machine. On Kubernetes: --kubernetes --target FILE.`,
      );
    process.stdout.write(`There is no testbed ${instance.name}, so nothing of it can be left.\n`);
    return;
  }
  const { system, faultNamed } = embeddedScene(instance.name);
  sayFound(await withTargetLock(instance, () => sweep(system, { faultNamed, say: sayOut })));
}

function sayOut(text: string): void {
  process.stdout.write(`${text}\n`);
}

function sayFound(found: number): void {
  sayOut(found === 0 ? 'Nothing was left.' : `All healed: ${found} leftover ${found === 1 ? 'fault' : 'faults'}.`);
}
