// The doctor's look at throwaway clusters on this machine: which run, and which were left behind.

import { existsSync, readdirSync } from 'node:fs';
import { typed } from '../../lib/machine/typed.ts';
import { type ClusterStatus, clusterStatus, clustersFolder } from '../../testbed/kubernetes/kubernetes.ts';
import { instanceOf } from '../../testbed/testbed.ts';
import { isAtWork } from './at-work.ts';
import type { Check } from './check.ts';

/** One check per cluster of this user; none when there is none, since only some of the tests need one. */
export async function checkClusters(): Promise<Check[]> {
  const folder = clustersFolder();
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const check = async (name: string): Promise<Check> => {
    const found = await clusterStatus(name);
    const instance = instanceOf(name, process.env, 'cluster');
    return checkCluster(name, found, await isAtWork(instance, found?.targetFile ?? null));
  };
  return Promise.all(names.map(check));
}

/** `found` is null when the folder holds no plan: its start was cut short. `atWork`: a run holds it just now. */
export function checkCluster(instance: string, found: ClusterStatus | null, atWork = false): Check {
  const name = `cluster ${instance}`;
  const end = typed('cluster down', instance);
  if (atWork) return { name, health: 'ok', seen: 'a run uses it just now: leave it alone' };
  if (found?.ready) return { name, health: 'ok', seen: `up on ${found.subnet}; to end it: ${end}` };
  const advice = `If nothing is starting it just now: ${end}`;
  if (found === null || !found.complete) return { name, health: 'limited', seen: 'half made', advice };
  const problems = [...found.processes, ...found.pods]
    .filter((each) => !each.ready)
    .map((each) => `${each.name} ${each.problem}`);
  const supervisor = found.supervisor.alive ? [] : ['the supervisor is gone'];
  return { name, health: 'limited', seen: [...supervisor, ...problems].join('; '), advice };
}
