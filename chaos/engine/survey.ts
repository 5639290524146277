// Looks before anything is done: which faults could be made here, whom each would strike now, and whether that is too much.

import type { ExperimentRun, PlannedFault } from '../../lib/model/experiment.ts';
import { type AnyFault, type JsonObject, REHEARSAL } from '../faults/fault.ts';
import type { Ground } from '../targets/ground.ts';
import type { Scene } from '../targets/scene.ts';
import { refuseLossOfTheMajority } from './blast-radius.ts';
import { type Experiment, plannedFaults } from './experiment.ts';

export interface Surveyed {
  readonly planned: PlannedFault;
  /** `null`: it can be made here. */
  readonly impossible: string | null;
  /** Whom it would strike as things stand now; `null` when that cannot be told yet. */
  readonly intent: JsonObject | null;
  /** Why not. */
  readonly unaimed: string | null;
  readonly down: readonly string[];
}

/** The experiment's part of run.json as a run begins it. Rejects (64) when the blast radius is larger than the experiment says. */
export async function surveyed(experiment: Experiment, scene: Scene): Promise<ExperimentRun> {
  const groups = await survey(experiment, scene);
  const all = groups.flat();
  const impossible = all.flatMap(({ planned: { key }, impossible: reason }) =>
    reason === null ? [] : [{ key, reason }],
  );
  const { name, about } = experiment;
  return {
    name,
    about,
    faults: all.map(({ planned }) => planned),
    gate: null,
    guard: null,
    judge: null,
    impossible,
    left: [],
    sweep: scene.system.remedies.sweep,
  };
}

/** In groups as the method has them. Roles may move before a fault is due: then they are looked up again. */
export async function survey(experiment: Experiment, scene: Scene): Promise<readonly (readonly Surveyed[])[]> {
  const groups: Surveyed[][] = [];
  for (const group of plannedFaults(experiment)) {
    const looked = await Promise.all(group.map((planned) => look(planned, scene)));
    refuseLossOfTheMajority(
      experiment,
      scene.system.broker.nodes,
      looked.flatMap(({ down }) => down),
    );
    groups.push(looked);
  }
  return groups;
}

async function look(planned: PlannedFault, { system, faultNamed }: Scene): Promise<Surveyed> {
  const fault = faultNamed(planned.fault);
  if (fault === undefined) throw new TypeError(`no fault ${planned.fault}`);
  const reason = await fault.impossible(system, planned.options as JsonObject);
  if (reason !== null) return { planned, impossible: reason, intent: null, unaimed: null, down: [] };
  const aimed = await aim(fault, planned, system);
  if (aimed instanceof Error) return { planned, impossible: null, intent: null, unaimed: aimed.message, down: [] };
  return { planned, impossible: null, intent: aimed, unaimed: null, down: fault.downAtOnce(aimed) };
}

function aim(fault: AnyFault, { options, key, durationMs }: PlannedFault, system: Ground): Promise<JsonObject | Error> {
  return fault.aim(system, options as JsonObject, { ...REHEARSAL, key, durationMs }).catch((cause: Error) => cause);
}
