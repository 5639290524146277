// `stampede cluster down`: ends a cluster and leaves nothing of it.

import { withInstanceLock } from '../lock.ts';
import { cleanUpCluster, clusterRemains } from './clean-up-cluster.ts';
import { clusterInstance } from './cluster-instance.ts';

export interface ClusterDownResult {
  readonly instance: string;
  /** False when there was nothing to end. */
  readonly removed: boolean;
}

/** Works as well on what a killed supervisor or a failed `up` has left. Throws a StampedeError (69) that names what could not be removed. */
export async function clusterDown(name?: string): Promise<ClusterDownResult> {
  const instance = clusterInstance(name);
  return withInstanceLock(instance, {}, async () => {
    const removed = clusterRemains(instance).length > 0;
    if (removed) await cleanUpCluster(instance);
    return { instance: instance.name, removed };
  });
}
