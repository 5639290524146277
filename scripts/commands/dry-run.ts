// `stampede chaos run --dry-run` on the embedded platform: whom each fault would strike, and what would keep a run from a verdict.

import type { Experiment } from '../../chaos/engine/experiment.ts';
import { type Surveyed, survey } from '../../chaos/engine/survey.ts';
import { recommendedLoadS } from '../../chaos/engine/time-plan.ts';
import { faultNamed } from '../../chaos/faults/all-faults.ts';
import { needsGround } from '../../chaos/faults/needs-ground.ts';
import { embeddedScene } from '../../chaos/targets/embedded-scene.ts';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT, type ExitCode } from '../../lib/model/exit-code.ts';
import { instanceOf, refuseWithoutGround, status } from '../../testbed/testbed.ts';
import { describePlan, describeSurvey, shortLoad } from './experiment-text.ts';

/** Asks a testbed that is up; without one, tells the plan alone. StampedeError 64 where a run would be refused, too. */
export async function dryRunEmbedded(experiment: Experiment, instance: string | undefined): Promise<void> {
  const found = await status({ ...(instance === undefined ? {} : { instance }) });
  const isNeeded = needsGround(experiment, faultNamed);
  // One that is half made, or that nobody supervises, a run would start anew.
  if (isNeeded && found?.complete && found.supervisor.alive) refuseWithoutGround(found.instance, found.processes);
  const warning = shortLoad(experiment, recommendedLoadS(experiment));
  if (found?.ready !== true) {
    const { name } = instanceOf(instance);
    const up = typed(isNeeded ? 'up --game-day' : 'up', instance);
    const where = found === null ? `a testbed that is up: ${up}` : `a testbed that is ready, which ${name} is not`;
    process.stdout.write(`${describePlan(experiment)}${warning}Whom it would strike is looked up on ${where}\n`);
    return;
  }
  const told = await survey(experiment, embeddedScene(instance));
  process.stdout.write(`${describeSurvey(experiment, told)}${warning}`);
  process.exitCode = dryExitCode(told);
}

/** What a run would come to: with a fault that strikes nobody it is inconclusive. */
export function dryExitCode(told: readonly (readonly Surveyed[])[]): ExitCode {
  return told.flat().every(({ intent }) => intent !== null) ? EXIT.pass : EXIT.inconclusive;
}
