// `stampede gate`: runs the order ramp against the embedded platform or a target file, judges it, reports, and exits with the verdict.

import type { Command } from 'commander';
import { readTargetFile } from '../../lib/config/target-file.ts';
import type { Profile } from '../../lib/model/profile.ts';
import { usageError } from '../../lib/model/stampede-error.ts';
import type { Target } from '../../lib/model/target.ts';
import { PROFILE_NAMES, PROFILES, profileNamed } from '../../lib/workload/profiles.ts';
import { alignColumns } from '../../reports/render/table.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import type { RunDirectory } from '../../reports/store/run-directory.ts';
import { run } from '../../runner/run.ts';
import { defectNames } from '../../testbed/order-system/defects.ts';
import { instanceOf, refuseWrongOptions } from '../../testbed/testbed.ts';
import { bounds } from '../../thresholds.ts';
import { bundleOf } from '../setup/bundle-scenario.ts';
import { prepare } from '../setup/prepare.ts';
import { suiteVersion } from '../suite-version.ts';
import { checkBounds, checkWaivers } from './check-promises.ts';
import { withEmbeddedTarget } from './embedded-target.ts';
import { collect, wholeNumber } from './option-values.ts';
import { report } from './report.ts';
import { withTargetLock } from './target-lock.ts';
import { type Context, withInterrupt } from './with-interrupt.ts';

const SCENARIO = 'order-ramp';
const EMBEDDED_PROFILE = 'quick';
/** A platform that is met for the first time is not to be met with a thousand users. */
const TARGET_PROFILE = 'smoke';

interface GateOptions {
  readonly profile?: string;
  readonly target?: string;
  readonly seed: number;
  readonly runs: string;
  readonly instance?: string;
  readonly defect: readonly string[];
  readonly keep?: boolean;
}

export function register(program: Command): void {
  program
    .command('gate')
    .description('load the platform with concurrent orders, follow every order to its end, and give a verdict')
    .option(
      '--profile <name>',
      `load shape, see below (default: ${EMBEDDED_PROFILE}; with --target: ${TARGET_PROFILE})`,
    )
    .option('--target <file>', 'target file of your platform (default: the embedded order platform)')
    .option('--seed <number>', 'seed of the workload: the same seed orders the same things', wholeNumber, 1)
    .option('--runs <folder>', 'where run directories are made', 'runs')
    .option('--instance <name>', 'embedded platform: which instance')
    .option(
      '--defect <name[=share]>',
      `embedded platform: plant a defect that the gate must catch (repeatable): ${defectNames.join(', ')}`,
      collect,
      [],
    )
    .option('--keep', 'embedded platform: leave it up afterwards')
    .addHelpText('after', PROFILE_HELP)
    .addHelpText('after', EXIT_HELP)
    .action(gate);
}

const PROFILE_HELP = `
Profiles:
${alignColumns(PROFILES.map(({ name, about }) => [`  ${name}`, about])).join('\n')}`;

const EXIT_HELP = `
Exit codes: 0 pass · 1 a bound broken · 2 lost, contradicted or duplicated · 5 inconclusive · 6 stopped by hand
            64 wrong usage · 69 target or tool not available · 70 a defect of the suite`;

async function gate(options: GateOptions): Promise<void> {
  checkBounds({ bounds, profiles: PROFILE_NAMES });
  const { target } = options;
  const profile = requireProfile(options.profile ?? (target === undefined ? EMBEDDED_PROFILE : TARGET_PROFILE));
  if (target === undefined) await gateEmbedded(options, profile);
  else await gateTarget(options, target, profile);
}

async function gateEmbedded(options: GateOptions, profile: Profile): Promise<void> {
  const { instance, defect, keep = false } = options;
  const embedded = { ...(instance === undefined ? {} : { instance }), defects: defect, keep };
  refuseWrongOptions(embedded);
  makeFolder(options.runs);
  const { k6 } = await prepare({ needs: ['k6', 'rabbitmq', 'postgresql'] });
  // Its target file may be given to another gate, which holds the lock of the addresses and knows nothing of the instance.
  const gateOn = (target: Target, context: Context) =>
    withTargetLock(target, () => load(options, { profile, target, k6 }, context).then(report));
  await withTargetLock(instanceOf(instance), () =>
    withInterrupt((context) => withEmbeddedTarget(embedded, context, (target) => gateOn(target, context))),
  );
}

async function gateTarget(options: GateOptions, file: string, profile: Profile): Promise<void> {
  refuseEmbeddedOptions(options);
  const target = readTargetFile(file);
  makeFolder(options.runs);
  checkWaivers(target, bounds);
  const { k6 } = await prepare({ needs: ['k6'] });
  await withTargetLock(target, () =>
    withInterrupt((context) => load(options, { profile, target, k6 }, context).then(report)),
  );
}

async function load(
  { seed, runs }: GateOptions,
  { profile, target, k6 }: { readonly profile: Profile; readonly target: Target; readonly k6: string },
  { interrupt, progress }: Context,
): Promise<RunDirectory> {
  const script = await bundleOf(SCENARIO);
  const request = {
    scenario: SCENARIO,
    profile,
    target,
    seed,
    runsRoot: runs,
    suiteVersion: suiteVersion(),
    tools: { k6Binary: k6, script },
    bounds,
  };
  return run(request, interrupt, progress);
}

function requireProfile(name: string): Profile {
  const profile = profileNamed(name);
  if (profile !== undefined) return profile;
  throw usageError(`there is no profile "${name}"`, `Profiles: ${PROFILES.map((each) => each.name).join(', ')}`);
}

/** Options of the embedded platform say nothing about a target file: silently ignored, they would mislead. */
function refuseEmbeddedOptions({ instance, defect, keep }: GateOptions): void {
  if (instance === undefined && defect.length === 0 && keep === undefined) return;
  throw usageError(
    '--instance, --defect and --keep are for the embedded platform',
    'Leave them out, or leave out --target.',
  );
}
