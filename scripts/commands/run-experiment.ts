// Runs one experiment on a target: sweeps what earlier ones left, checks what could not be done, then load and faults.

import { conduct } from '../../chaos/engine/conduct.ts';
import { type Experiment, USUAL_USERS } from '../../chaos/engine/experiment.ts';
import { surveyed } from '../../chaos/engine/survey.ts';
import { sweep } from '../../chaos/engine/sweep.ts';
import { recommendedLoadS } from '../../chaos/engine/time-plan.ts';
import type { Scene } from '../../chaos/targets/scene.ts';
import type { Progress } from '../../lib/machine/progress.ts';
import type { Target } from '../../lib/model/target.ts';
import { gamedayProfile } from '../../lib/workload/gameday-profile.ts';
import type { RunDirectory } from '../../reports/store/run-directory.ts';
import type { Interrupt } from '../../runner/interrupt.ts';
import { run } from '../../runner/run.ts';
import { bounds } from '../../thresholds.ts';
import { bundleOf } from '../setup/bundle-scenario.ts';
import { suiteVersion } from '../suite-version.ts';
import { shortLoad } from './experiment-text.ts';

const SCENARIO = 'order-gameday';

export interface ExperimentOptions {
  readonly seed: number;
  readonly runs: string;
  /** Name of the testbed; the clone's own when absent. */
  readonly instance?: string;
  /** Concurrent orders; the experiment's own when absent. */
  readonly users?: number;
}

export interface ExperimentTools {
  readonly k6: string;
  readonly target: Target;
  /** The same target as faults see it. */
  readonly scene: Scene;
  readonly interrupt: Interrupt;
  readonly progress: Progress;
}

/** The target must be up, and nobody else may use it. Rejects before any load when the experiment is refused or leftovers could not be healed. */
export async function runExperiment(
  experiment: Experiment,
  { seed, runs, users = experiment.users ?? USUAL_USERS }: ExperimentOptions,
  { k6, target, scene, interrupt, progress }: ExperimentTools,
): Promise<RunDirectory> {
  await sweep(scene.system, { ...scene, say: (text) => progress.say(text) });
  const record = await surveyed(experiment, scene);
  progress.say(`experiment ${experiment.name}: ${experiment.about}`);
  if (target.embedded === true) warnOfShortLoad(experiment, progress);
  const script = await bundleOf(SCENARIO);
  const request = {
    scenario: SCENARIO,
    profile: gamedayProfile({ users, holdS: experiment.loadS, ...(experiment.rampS && { rampS: experiment.rampS }) }),
    target,
    seed,
    runsRoot: runs,
    suiteVersion: suiteVersion(),
    tools: { k6Binary: k6, script },
    bounds,
    experiment: {
      record,
      conduct: (load: Parameters<typeof conduct>[2]) => conduct(experiment, scene, load),
    },
  };
  return run(request, interrupt, progress);
}

/** Elsewhere other bounds say how long a recovery may take. */
function warnOfShortLoad(experiment: Experiment, progress: Progress): void {
  const warning = shortLoad(experiment, recommendedLoadS(experiment));
  if (warning !== '') progress.say(warning.trimEnd());
}
