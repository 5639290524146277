// `stampede cluster status`: what a cluster consists of and how each part of it is.

import { existsSync } from 'node:fs';
import type { Instance } from '../instance.ts';
import { readPlan } from '../plan.ts';
import { isAlive } from '../processes/process-identity.ts';
import { type ProcessStatus, processStatus } from '../status.ts';
import { readState } from '../supervisor/process-state.ts';
import { clusterFiles, clusterInstance } from './cluster-instance.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import { contextName } from './credentials.ts';
import { type PodStatus, podStatuses } from './platform/pod-status.ts';

export interface ClusterStatus {
  readonly instance: string;
  readonly folder: string;
  /** Kubeconfig with all rights. */
  readonly adminKubeconfig: string;
  /** Kubeconfig with those rights alone that the suite needs. */
  readonly kubeconfig: string;
  readonly context: string;
  /** What `gate --target` takes; not there when the cluster was started without the platform. */
  readonly targetFile: string | null;
  readonly subnet: string;
  readonly supervisor: { readonly pid: number | null; readonly alive: boolean };
  /** False while `cluster up` is at work, and after it was killed. */
  readonly complete: boolean;
  /** Complete, supervised, every process and every pod ready. */
  readonly ready: boolean;
  readonly processes: readonly ProcessStatus[];
  /** Of the platform; none when the API server does not answer. */
  readonly pods: readonly PodStatus[];
}

/** The cluster as seen now. Null when there is none. */
export async function clusterStatus(name?: string): Promise<ClusterStatus | null> {
  const instance = clusterInstance(name);
  const plan = readPlan<ClusterPlan>(instance);
  return plan === null ? null : clusterStatusOf(instance, plan);
}

/** The same for a known plan. */
export async function clusterStatusOf(instance: Instance, plan: ClusterPlan): Promise<ClusterStatus> {
  const state = readState(instance.stateFile);
  const alive = state !== null && isAlive(state.supervisor);
  const ofProcess = (name: string) => state?.processes.find((each) => each.name === name);
  const processes = await Promise.all(plan.processes.map((spec) => processStatus(spec, alive, ofProcess(spec.name))));
  const { adminKubeconfig, suiteKubeconfig, complete: completeFile } = clusterFiles(instance);
  const complete = existsSync(completeFile);
  const pods = complete && alive ? await podStatuses(adminKubeconfig) : [];
  return {
    instance: instance.name,
    folder: instance.folder,
    adminKubeconfig,
    kubeconfig: suiteKubeconfig,
    context: contextName(instance),
    targetFile: existsSync(instance.targetFile) ? instance.targetFile : null,
    subnet: plan.addresses.subnet,
    supervisor: { pid: state?.supervisor.pid ?? null, alive },
    complete,
    ready: complete && alive && [...processes, ...pods].every((each) => each.ready),
    processes,
    pods,
  };
}
