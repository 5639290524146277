// The ground of a cluster: folders, subnet, network, cgroups, certificates, configuration, supervisor. Nothing of Kubernetes runs on it yet.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Instance } from '../instance.ts';
import { withMachineLock } from '../lock.ts';
import { freeSubnetNumber } from '../network/subnet-number.ts';
import { writeJson } from '../plan.ts';
import { startSupervisor } from '../start-supervisor.ts';
import { writeCertificates } from './certificates.ts';
import { clusterFiles } from './cluster-instance.ts';
import { type ClusterPlan, makeClusterPlan } from './cluster-plan.ts';
import { writeCredentials } from './credentials.ts';
import { createCgroups } from './node/cgroups.ts';
import { writeNodeFiles } from './node/node-files.ts';
import { createNodeNetwork, inNodeNetwork } from './node/node-network.ts';
import type { ClusterPrograms } from './programs.ts';

const ENTER = fileURLToPath(new URL('node/enter-node.sh', import.meta.url));

/**
 * The supervisor itself lives in the node's network and in a mount namespace of its own, and with it all that it starts. What they mount is
 * gone when the last of them has ended. The subnet is claimed, by the machine's address in it, while the machine's lock is held.
 */
export async function layClusterGround(
  instance: Instance,
  programs: ClusterPrograms,
  signal: AbortSignal,
): Promise<ClusterPlan> {
  for (const folder of [instance.folder, instance.logs, instance.configuration, instance.secrets, instance.data]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  const plan = await withMachineLock(async () => {
    const made = makeClusterPlan(instance, await freeSubnetNumber(instance, 'namespaces'), programs);
    await writeJson(instance.planFile, made);
    await createNodeNetwork(instance, made.addresses);
    return made;
  });
  await writeCertificates(instance, plan.addresses);
  await writeCredentials(instance, plan.addresses);
  await writeNodeFiles(instance, plan.addresses, plan.cgroup);
  await createCgroups(plan.cgroup);
  // What is mounted on the machine or unmounted there is seen within, and not the other way round.
  const own = ['unshare', '--mount', '--propagation', 'slave', '--'];
  const enter = ['/bin/sh', ENTER, join(instance.data, 'node'), clusterFiles(instance).bin];
  await startSupervisor(instance, signal, inNodeNetwork(instance, [...own, ...enter]));
  return plan;
}
