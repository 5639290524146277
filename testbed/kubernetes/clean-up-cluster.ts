// Removes a cluster from the machine: processes, containers, network, cgroups, mounts, files. Finds all that is left, whatever made or broke it.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { stopSupervised } from '../clean-up.ts';
import { mountsOf } from '../disk/small-disk.ts';
import type { Instance } from '../instance.ts';
import { destroyNamespaces, linkExists, namespacesOf } from '../network/namespaces.ts';
import { processesOf } from '../processes/leftover-processes.ts';
import type { ProcessIdentity } from '../processes/process-identity.ts';
import { terminate } from '../processes/terminate.ts';
import { cgroupsOf, processesInCgroups, removeCgroups } from './node/cgroups.ts';

/** Containers of a throwaway cluster are not waited for. */
const CONTAINER_GRACE_MS = 1000;
/** The processes of a pod that is killed may start another one at the same moment. */
const ROUNDS = 3;

/** What of a cluster is on this machine, in words; empty when nothing is. */
export function clusterRemains(instance: Instance): readonly string[] {
  return [
    ...allProcesses(instance).map(({ pid }) => `process ${pid}`),
    ...namespacesOf(instance).map((name) => `network namespace ${name}`),
    ...(linkExists(instance) ? ['network link'] : []),
    ...mountsOf(instance).map((folder) => `mount ${folder}`),
    ...cgroupsOf(instance).map((folder) => `cgroup ${folder}`),
    ...[instance.folder].filter((path) => existsSync(path)),
  ];
}

/** Leaves nothing of the cluster on the machine. Throws a StampedeError (69) that names what could not be removed. */
export async function cleanUpCluster(instance: Instance): Promise<void> {
  await stopSupervised(instance);
  for (let round = 0; round < ROUNDS && allProcesses(instance).length > 0; round += 1) {
    await terminate(allProcesses(instance), CONTAINER_GRACE_MS);
  }
  await destroyNamespaces(instance);
  await removeCgroups(instance);
  await rm(instance.folder, { recursive: true, force: true, maxRetries: 3 });
  const remains = clusterRemains(instance);
  if (remains.length === 0) return;
  throw new StampedeError(`cluster ${instance.name} could not be removed wholly: ${remains.join(', ')}`, {
    exitCode: EXIT.unavailable,
    hint: `As root: ${typed('cluster down', instance.name)}`,
  });
}

/** Containers know nothing of the mark; they are found as children of their shims, and by their cgroups when these are gone. */
function allProcesses(instance: Instance): readonly ProcessIdentity[] {
  const found = [...processesOf(instance), ...processesInCgroups(instance)];
  return [...new Map(found.map((each) => [each.pid, each])).values()];
}
