// What is left of faults on a system: intents, their watchdogs, traces, and whatever does not serve.

import { setTimeout as pause } from 'node:timers/promises';
import { readIntents } from '../../chaos/engine/intent-files.ts';
import type { System } from '../../chaos/targets/system.ts';
import { tracesOn } from '../../chaos/targets/traces.ts';
import { allPids, commandLineOf } from '../../testbed/processes/process-tree.ts';

const LOOK_EVERY_MS = 250;

/** What is left when the time is over; empty as soon as nothing is. */
export async function cleanWithin(system: System, limitMs: number): Promise<readonly string[]> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const left = await leftOn(system);
    if (left.length === 0 || performance.now() >= endMs) return left;
    await pause(LOOK_EVERY_MS);
  }
}

async function leftOn(system: System): Promise<readonly string[]> {
  const intents = readIntents(system.intentFolder).map(({ id }) => `intent ${id}`);
  if (intents.length > 0) return intents;
  const watchdogs = watchdogsOf(system.name);
  if (watchdogs.length > 0) return watchdogs;
  const traces = await tracesOn(system);
  if (traces.length > 0) return traces.map(({ what }) => what);
  const problem = await system.problem().catch((cause: Error) => cause.message);
  return problem === null ? [] : [problem];
}

/** It leaves by itself when nothing is left; one that stays is a leftover too. */
function watchdogsOf(instance: string): readonly string[] {
  const isWatchdog = (parts: readonly string[]): boolean =>
    parts.some((part) => part.endsWith('watchdog-main.ts')) && parts.includes(instance);
  return allPids()
    .filter((pid) => isWatchdog(commandLineOf(pid)))
    .map((pid) => `watchdog ${pid}`);
}
