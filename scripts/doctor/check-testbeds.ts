// The doctor's look at embedded platforms on this machine: which run, and which were left behind.

import { existsSync, readdirSync } from 'node:fs';
import { instanceOf, status, type TestbedStatus, testbedsFolder } from '../../testbed/testbed.ts';
import type { Check } from './check.ts';

/** One check per testbed of this user, or one that says that there is none. */
export async function checkTestbeds(): Promise<Check[]> {
  const folder = testbedsFolder();
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  if (names.length === 0) return [{ name: 'testbeds', health: 'ok', seen: 'none is up' }];
  return Promise.all(names.map(async (name) => checkTestbed(name, await status({ instance: name }))));
}

/** `found` is null when the folder of the instance holds no plan: its start was cut short. */
export function checkTestbed(instance: string, found: TestbedStatus | null): Check {
  const name = `testbed ${instance}`;
  const end = `stampede down --instance ${instance}`;
  if (found?.ready) return { name, health: 'ok', seen: `up on ${found.subnet}; ${whose(instance)}; to end it: ${end}` };
  const advice = `If nothing is starting it just now: ${end}`;
  if (found === null || !found.complete) return { name, health: 'limited', seen: 'half made', advice };
  const problems = found.processes.filter((each) => !each.ready).map((each) => `${each.name} ${each.problem}`);
  const supervisor = found.supervisor.alive ? [] : ['the supervisor is gone'];
  return { name, health: 'limited', seen: [...supervisor, ...problems].join('; '), advice };
}

function whose(instance: string): string {
  return instance === instanceOf().name ? "this clone's own" : 'of another clone, or started with --instance';
}
