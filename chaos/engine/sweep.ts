// Finds and heals what experiments have left: the watchdog's work, that of `stampede chaos sweep`, and the first step of every experiment.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { System } from '../targets/system.ts';
import { isAlive } from '../targets/this-process.ts';
import { type FaultsByName, healIntent } from './heal-intent.ts';
import { type ActiveIntent, readIntents, type SuiteProcess } from './intent-files.ts';
import { tracesOn } from './traces.ts';

export interface SweepTools {
  readonly faultNamed: FaultsByName;
  readonly say: (text: string) => void;
}

/** What could not be healed, with the reason. */
export interface Unhealed {
  readonly intent: ActiveIntent;
  readonly reason: string;
}

/** Intents that no living suite answers for, or that are older than they may be. `living` spares a look at these processes. */
export function abandonedIntents(system: System, living: readonly SuiteProcess[] = []): readonly ActiveIntent[] {
  const isKnown = ({ pid, startTicks }: SuiteProcess) =>
    living.some((each) => each.pid === pid && each.startTicks === startTicks);
  return readIntents(system.intentFolder).filter(
    ({ suite, healAfterMs }) => Date.now() > healAfterMs || !(isKnown(suite) || isAlive(suite)),
  );
}

/** One after the other, the latest first; one that fails keeps none of the others from being healed. */
export async function healAbandoned(
  system: System,
  intents: readonly ActiveIntent[],
  { faultNamed, say }: SweepTools,
): Promise<readonly Unhealed[]> {
  const unhealed: Unhealed[] = [];
  for (const intent of [...intents].reverse()) {
    say(`healing what is left of ${intent.fault} (${intent.id})`);
    try {
      await healIntent(system, intent, faultNamed);
      say(`healed: ${intent.id}`);
    } catch (cause) {
      const reason = (cause as Error).message;
      say(`NOT healed: ${intent.id}: ${reason}`);
      unhealed.push({ intent, reason });
    }
  }
  return unhealed;
}

/**
 * Heals what intents tell of, undoes what can be seen besides, and gives how much that was. Rejects (7) when something is left: nothing new
 * may be broken then.
 */
export async function sweep(system: System, tools: SweepTools): Promise<number> {
  const intents = readIntents(system.intentFolder);
  const unhealed = await healAbandoned(system, intents, tools);
  const traces = await tracesOn(system);
  for (const { what, undo } of traces) {
    tools.say(`found without an intent: ${what}`);
    await undo?.();
  }
  const left = traces.length === 0 ? [] : await tracesOn(system);
  const reasons = [
    ...unhealed.map(({ intent: { id }, reason }) => `${id}: ${reason}`),
    ...left.map(({ what }) => what),
  ];
  if (reasons.length === 0) return intents.length + traces.length;
  throw new StampedeError(`faults could not be healed: ${reasons.join('; ')}`, {
    exitCode: EXIT.notHealed,
    hint: `The testbed can be made anew: stampede down --instance ${system.name}`,
  });
}
