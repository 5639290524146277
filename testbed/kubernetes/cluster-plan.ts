// The plan of one cluster: everything that shall be, decided once by `cluster up` and never changed afterwards (plan.json).

import type { Instance } from '../instance.ts';
import type { SupervisedPlan } from '../plan.ts';
import { type ClusterAddresses, clusterAddresses } from './address-plan.ts';
import { chaosMeshProcesses } from './chaos-mesh/chaos-mesh-processes.ts';
import { controlPlaneProcesses } from './control-plane/control-plane-processes.ts';
import { podsCgroup } from './node/cgroups.ts';
import { nodeProcesses } from './node/node-processes.ts';
import type { ClusterPrograms } from './programs.ts';

export interface ClusterPlan extends SupervisedPlan {
  readonly v: 1;
  readonly instance: string;
  readonly addresses: ClusterAddresses;
  /** Below which the pods have their cgroups; a path from the root of every hierarchy. */
  readonly cgroup: string;
}

export function makeClusterPlan(instance: Instance, subnetNumber: number, programs: ClusterPrograms): ClusterPlan {
  const addresses = clusterAddresses(subnetNumber);
  return {
    v: 1,
    instance: instance.name,
    addresses,
    cgroup: podsCgroup(instance),
    processes: [
      ...controlPlaneProcesses(instance, addresses, programs),
      ...nodeProcesses(instance, addresses, programs),
      ...chaosMeshProcesses(instance, addresses, programs),
    ],
  };
}
