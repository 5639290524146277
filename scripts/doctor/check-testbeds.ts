// The doctor's look at embedded platforms on this machine: which run, which are in use, and which were left behind.

import { existsSync, readdirSync } from 'node:fs';
import { typed } from '../../lib/machine/typed.ts';
import { instanceOf, status, type TestbedStatus, testbedsFolder } from '../../testbed/testbed.ts';
import { isAtWork } from './at-work.ts';
import type { Check } from './check.ts';

/** One check per testbed of this user, or one that says that there is none. */
export async function checkTestbeds(): Promise<Check[]> {
  const folder = testbedsFolder();
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  if (names.length === 0) return [{ name: 'testbeds', health: 'ok', seen: 'none is up' }];
  return Promise.all(
    names.map(async (name) => checkTestbed(name, await status({ instance: name }), await isAtWork(instanceOf(name)))),
  );
}

/** `found` is null when the folder of the instance holds no plan: its start was cut short. `atWork`: a run holds it just now. */
export function checkTestbed(instance: string, found: TestbedStatus | null, atWork = false): Check {
  const name = `testbed ${instance}`;
  const end = typed('down', instance);
  const whose = instance === instanceOf().name ? "this clone's own" : 'of another clone, or started with --instance';
  if (atWork) return { name, health: 'ok', seen: `a run uses it just now: leave it alone; ${whose}` };
  if (found?.ready) return { name, health: 'ok', seen: `up on ${found.subnet}; ${whose}; to end it: ${end}` };
  const advice = `If nobody needs it, or starts it just now: ${end}`;
  const limited = (seen: string): Check => ({ name, health: 'limited', seen: `${seen}; ${whose}`, advice });
  if (found === null || !found.complete) return limited('half made');
  const problems = found.processes.filter((each) => !each.ready).map((each) => `${each.name} ${each.problem}`);
  const supervisor = found.supervisor.alive ? [] : ['the supervisor is gone'];
  return limited([...supervisor, ...problems].join('; '));
}
