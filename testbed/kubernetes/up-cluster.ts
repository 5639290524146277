// `stampede cluster up`: starts a cluster with Chaos Mesh and the order platform on it, or says that it is there already.

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type Progress, SILENT, step } from '../../lib/machine/progress.ts';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { Waiting } from '../await-ready.ts';
import type { Instance } from '../instance.ts';
import { withInstanceLock } from '../lock.ts';
import { readPlan } from '../plan.ts';
import { isAlive } from '../processes/process-identity.ts';
import { readState } from '../supervisor/process-state.ts';
import { cleanUpCluster, clusterRemains } from './clean-up-cluster.ts';
import { clusterFiles, clusterInstance } from './cluster-instance.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import { type ClusterStatus, clusterStatusOf } from './cluster-status.ts';
import { type PlatformImages, startPlatform } from './platform/start-platform.ts';
import type { ClusterPrograms } from './programs.ts';
import { type ClusterSettings, startCluster } from './start-cluster.ts';

/** Some ten times as long as it takes on a machine with two processors. */
const DEADLINE_MS = 15 * 60_000;

export interface ClusterUpOptions {
  /** Name of the instance; the clone's own when absent. */
  readonly instance?: string;
  readonly programs: ClusterPrograms;
  /** Folder of the Go module of Chaos Mesh, for its kinds. */
  readonly chaosMeshModule: string;
  readonly pauseImage: string;
  /** Files of the platform's images; absent: Kubernetes and Chaos Mesh alone. */
  readonly platform?: PlatformImages;
  /** Shows a waiting person each step; silent when absent. */
  readonly progress?: Progress;
  /** Aborted when the person does not want it any more: what was started is removed and the promise rejects. */
  readonly signal?: AbortSignal;
}

export interface ClusterUpResult {
  /** True when it was there, complete and ready, before. */
  readonly alreadyUp: boolean;
  readonly status: ClusterStatus;
}

/**
 * Resolves when everything is ready and the kubeconfig files are written. Half-made or orphaned remains of the instance are removed first.
 * Throws a StampedeError: 64 for wrong options, 69 when it cannot come up (it is then removed again), 6 when aborted.
 */
export async function clusterUp(options: ClusterUpOptions): Promise<ClusterUpResult> {
  const instance = clusterInstance(options.instance);
  const progress = options.progress ?? SILENT;
  const onWait = () => progress.say('somebody else starts or ends this cluster just now; waiting for them');
  return withInstanceLock(instance, { signal: options.signal, onWait }, async () => {
    const standing = standingPlan(instance);
    if (standing !== null) return { alreadyUp: true, status: await confirm(instance, standing, options) };
    if (clusterRemains(instance).length > 0) {
      await step(progress, 'removed what an earlier cluster had left', () => cleanUpCluster(instance));
    }
    const plan = await startOrRemove(instance, options, progress);
    return { alreadyUp: false, status: await clusterStatusOf(instance, plan) };
  });
}

/** The plan of a cluster that was completed and is still supervised; null otherwise. */
function standingPlan(instance: Instance): ClusterPlan | null {
  const state = readState(instance.stateFile);
  const supervised = state !== null && isAlive(state.supervisor);
  return supervised && existsSync(clusterFiles(instance).complete) ? readPlan<ClusterPlan>(instance) : null;
}

async function confirm(instance: Instance, plan: ClusterPlan, { platform }: ClusterUpOptions): Promise<ClusterStatus> {
  const status = await clusterStatusOf(instance, plan);
  const end = typed('cluster down', instance.name);
  if ((platform === undefined) !== (status.targetFile === null)) {
    const message = `cluster ${instance.name} is up ${platform === undefined ? 'with' : 'without'} the platform`;
    throw new StampedeError(message, { exitCode: EXIT.usage, hint: `End it first: ${end}` });
  }
  const broken = [...status.processes, ...status.pods].find(({ ready }) => !ready);
  if (broken === undefined) return status;
  throw new StampedeError(`cluster ${instance.name} is up, but ${broken.name} is not ready: ${broken.problem}`, {
    exitCode: EXIT.unavailable,
    hint: `See ${typed('cluster status', instance.name)}, or start anew: ${end}`,
  });
}

/** Starts within the deadline; whatever goes wrong, nothing is left. */
async function startOrRemove(instance: Instance, options: ClusterUpOptions, progress: Progress): Promise<ClusterPlan> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const signal = AbortSignal.any([deadline, ...(options.signal ? [options.signal] : [])]);
  const waiting = new Waiting();
  try {
    const images = Object.values(options.platform ?? {});
    return await start({ ...options, images, instance, progress, signal, waiting }, options.platform !== undefined);
  } catch (error) {
    await cleanUpCluster(instance);
    if (options.signal?.aborted) {
      throw new StampedeError('stopped; everything that was started has been removed', { exitCode: EXIT.stopped });
    }
    if (error instanceof StampedeError) throw error;
    const [name = 'the cluster', problem = 'it is not known why'] = waiting.first ?? [];
    const reason = deadline.aborted ? `${name} did not come up in time: ${problem}` : (error as Error).message;
    throw new StampedeError(`the cluster did not come up: ${reason}`, {
      exitCode: EXIT.unavailable,
      hint: `Everything that was started has been removed again. ${typed('doctor')} shows what this machine lacks.`,
      cause: error,
    });
  }
}

async function start(settings: ClusterSettings, withPlatform: boolean): Promise<ClusterPlan> {
  const cluster = await startCluster(settings);
  if (withPlatform) await startPlatform(cluster);
  await writeFile(clusterFiles(settings.instance).complete, '');
  return cluster.plan;
}
