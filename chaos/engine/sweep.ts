// Finds and heals what experiments have left: the watchdog's work, that of `stampede chaos sweep`, and the first step of every experiment.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Ground, Trace } from '../targets/ground.ts';
import { isAlive, type ProcessIdentity } from '../targets/this-process.ts';
import { whileClaimed } from './claim.ts';
import { CLAIM_WAIT_MS, type FaultsByName, healClaimed } from './heal-intent.ts';
import { tellWhileHealing } from './heal-progress.ts';
import { type ActiveIntent, isStanding, standingIntents } from './intent-files.ts';

export interface SweepTools {
  readonly faultNamed: FaultsByName;
  readonly say: (text: string) => void;
  /** How long to wait for a process that is healing the same intent already; without it, none is waited for. */
  readonly claimWaitMs?: number;
}

/** What could not be healed, with the reason. */
export interface Unhealed {
  readonly intent: ActiveIntent;
  readonly reason: string;
}

/** Intents that no living suite answers for, or that are older than they may be. `living` spares a look at these processes. */
export function abandonedIntents(system: Ground, living: readonly ProcessIdentity[] = []): readonly ActiveIntent[] {
  const isKnown = ({ pid, startTicks }: ProcessIdentity) =>
    living.some((each) => each.pid === pid && each.startTicks === startTicks);
  return standingIntents(system.intentFolder).intents.filter(
    ({ suite, healAfterMs }) => Date.now() > healAfterMs || !(isKnown(suite) || isAlive(suite)),
  );
}

/** One after the other, the latest first; one that fails keeps none of the others from being healed. What another process heals already is left to it. */
export async function healAbandoned(
  system: Ground,
  intents: readonly ActiveIntent[],
  tools: SweepTools,
): Promise<readonly Unhealed[]> {
  const unhealed: Unhealed[] = [];
  for (const intent of [...intents].reverse()) {
    const stopTelling = tellWhileHealing(intent, { system, ...tools });
    try {
      const outcome = await whileClaimed(system, intent, tools.claimWaitMs ?? 0, () =>
        healStanding(system, intent, tools),
      );
      if (outcome === null) unhealed.push({ intent, reason: 'another process is healing it and has not ended' });
    } catch (cause) {
      const reason = (cause as Error).message;
      tools.say(`NOT healed: ${intent.id}: ${reason}`);
      unhealed.push({ intent, reason });
    } finally {
      stopTelling();
    }
  }
  return unhealed;
}

/** What was healed while we waited must not be healed again: the next experiment may have begun. */
async function healStanding(system: Ground, intent: ActiveIntent, { faultNamed, say }: SweepTools): Promise<'healed'> {
  if (!isStanding(system.intentFolder, intent.id)) return 'healed';
  say(`healing what is left of ${intent.fault} (${intent.id})`);
  await healClaimed(system, intent, faultNamed);
  say(`healed: ${intent.id}`);
  return 'healed';
}

/**
 * Heals what intents tell of, undoes what can be seen besides, and gives how much that was. Rejects (7) when something is left: nothing new
 * may be broken then. Rejects (69) when all that is left is that the machine is short of memory or disk.
 */
export async function sweep(system: Ground, tools: SweepTools): Promise<number> {
  const { intents, damaged } = standingIntents(system.intentFolder);
  const unhealed = await healAbandoned(system, intents, { claimWaitMs: CLAIM_WAIT_MS, ...tools });
  const traces = await system.traces();
  for (const trace of traces) await undoTrace(trace, tools.say);
  const left = traces.length === 0 ? [] : await system.traces();
  const reasons = [
    ...unhealed.map(({ intent: { id }, reason }) => `${id}: ${reason}`),
    ...damaged.map(({ path, reason }) => `${path} is no intent: ${reason}`),
    ...left.map(({ what }) => what),
  ];
  if (reasons.length === 0) return intents.length + traces.length;
  if (reasons.length === left.length && left.every(({ ofMachine }) => ofMachine)) throw shortOf(reasons);
  throw new StampedeError(`faults could not be healed: ${reasons.join('; ')}`, {
    exitCode: EXIT.notHealed,
    hint: system.remedies.lastResort,
  });
}

function shortOf(alarms: readonly string[]): StampedeError {
  return new StampedeError(`no fault is on, but the broker is short of memory or disk: ${alarms.join('; ')}`, {
    exitCode: EXIT.unavailable,
    hint: 'Make room on this machine, then try again.',
  });
}

/** Whether that helped is seen by looking again; one that fails keeps none of the others from being undone. */
async function undoTrace({ what, undo }: Trace, say: SweepTools['say']): Promise<void> {
  say(`found without an intent: ${what}`);
  await undo?.().catch((cause: Error) => say(`NOT undone: ${what}: ${cause.message}`));
}
