// Undoes one fault from its intent alone, sees that it is undone, and only then removes the intent: the one way in which anything heals.

import type { Healing } from '../../lib/model/fault.ts';
import type { AnyFault } from '../faults/fault.ts';
import { HelpedInVain, helpedBefore } from '../faults/helped-in-vain.ts';
import type { Ground } from '../targets/ground.ts';
import { whileClaimed } from './claim.ts';
import { type ActiveIntent, removeIntent } from './intent-files.ts';

/** Finds a fault by name, in the suite, the watchdog and the sweep alike. */
export type FaultsByName = (name: string) => AnyFault | undefined;

/** A heal that failed once may have met a system that was still falling. */
const ATTEMPTS = 2;

/** A heal of somebody else that takes longer has come to grief. */
export const CLAIM_WAIT_MS = 300_000;

/** For who made the fault. Rejects when it was not seen undone: the intent then stays where it is. */
export async function healIntent(system: Ground, active: ActiveIntent, faultNamed: FaultsByName): Promise<Healing> {
  return claimed(system, active, () => healClaimed(system, active, faultNamed));
}

/** The same, and the intent stays in any case: for a fault that may strike again. */
export async function undoIntent(system: Ground, active: ActiveIntent, faultNamed: FaultsByName): Promise<Healing> {
  return claimed(system, active, () => undo(system, active, faultNamed));
}

/** As `healIntent`, for who holds the claim already. */
export async function healClaimed(system: Ground, active: ActiveIntent, faultNamed: FaultsByName): Promise<Healing> {
  const healing = await undo(system, active, faultNamed);
  removeIntent(system.intentFolder, active.id);
  return healing;
}

async function claimed(system: Ground, active: ActiveIntent, work: () => Promise<Healing>): Promise<Healing> {
  const healing = await whileClaimed(system, active, CLAIM_WAIT_MS, work);
  if (healing === null) throw new Error(`another process is healing it and has not ended in ${CLAIM_WAIT_MS / 1000} s`);
  return healing;
}

async function undo(system: Ground, active: ActiveIntent, faultNamed: FaultsByName): Promise<Healing> {
  const fault = faultNamed(active.fault);
  if (fault === undefined) throw new Error(`this version knows no fault ${active.fault}`);
  const reasons = new Set<string>();
  const helped = new Set<string>();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const healing = await healOnce(fault, system, active).catch((cause: Error) => cause);
    const isHealed = !(healing instanceof Error);
    for (const node of isHealed ? healing.helped : helpedBefore(healing)) helped.add(node);
    if (isHealed) return { helped: [...helped] };
    reasons.add(healing.message);
  }
  throw new HelpedInVain([...helped], new Error([...reasons].join('; ')));
}

/** `verifyHealed` decides, not the absence of an error. */
async function healOnce(fault: AnyFault, system: Ground, { intent }: ActiveIntent): Promise<Healing> {
  const healing = await fault.heal(system, intent);
  const left = await fault.verifyHealed(system, intent);
  if (left !== null) throw new Error(left);
  return healing;
}
