// Undoes one fault from its intent alone, sees that it is undone, and only then removes the intent: the one way in which anything heals.

import type { Healing } from '../../lib/model/fault.ts';
import type { Fault } from '../faults/fault.ts';
import type { System } from '../targets/system.ts';
import { type ActiveIntent, removeIntent } from './intent-files.ts';

/** Finds a fault by name, in the suite, the watchdog and the sweep alike. */
export type FaultsByName = (name: string) => Fault | undefined;

/** A heal that failed once may have met a system that was still falling. */
const ATTEMPTS = 2;

/** Rejects when it was not seen undone: the intent then stays where it is. */
export async function healIntent(system: System, active: ActiveIntent, faultNamed: FaultsByName): Promise<Healing> {
  const healing = await undoIntent(system, active, faultNamed);
  removeIntent(system.intentFolder, active.id);
  return healing;
}

/** The same, and the intent stays in any case: for a fault that may strike again. */
export async function undoIntent(system: System, active: ActiveIntent, faultNamed: FaultsByName): Promise<Healing> {
  const fault = faultNamed(active.fault);
  if (fault === undefined) throw new Error(`this version knows no fault ${active.fault}`);
  return healOnce(fault, system, active).catch(async (first: Error) => {
    for (let attempt = 2; ; attempt += 1) {
      const again = await healOnce(fault, system, active).catch((cause: Error) => cause);
      if (!(again instanceof Error)) return again;
      if (attempt >= ATTEMPTS)
        throw first.message === again.message ? again : new Error(`${first.message}; ${again.message}`);
    }
  });
}

/** `verifyHealed` decides, not the absence of an error. */
async function healOnce(fault: Fault, system: System, { intent }: ActiveIntent): Promise<Healing> {
  const healing = await fault.heal(system, intent);
  const left = await fault.verifyHealed(system, intent);
  if (left !== null) throw new Error(left);
  return healing;
}
