// A throwaway cluster of its own for a file of tests: up before the first of them, gone after the last.

import { afterAll, beforeAll, expect } from 'vitest';
import type { Instance } from '../../testbed/instance.ts';
import { type ClusterStatus, clusterInstance } from '../../testbed/kubernetes/kubernetes.ts';
import { controlProcess } from '../../testbed/supervisor/control-client.ts';
import { stampede } from './stampede.ts';

type ClusterProcess = 'kube-apiserver' | 'chaos-controller-manager' | 'chaos-daemon';

export interface OwnCluster {
  readonly name: string;
  readonly instance: Instance;
  /** Not before the first test. */
  status(): ClusterStatus;
  /** Ends a process of the cluster, and keeps it from coming back. */
  stop(process: ClusterProcess): Promise<void>;
  start(process: ClusterProcess): Promise<void>;
}

/** Call it at the top of a file. `options` are those of `stampede cluster up`. */
export function ownCluster(name: string, options: readonly string[] = []): OwnCluster {
  const own = `${name}-${process.pid}`;
  const instance = clusterInstance(own);
  let status: ClusterStatus | undefined;
  beforeAll(async () => {
    const { exitCode, stderr } = await stampede('cluster', 'up', '--instance', own, ...options);
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    status = JSON.parse((await stampede('cluster', 'status', '--instance', own, '--json')).stdout) as ClusterStatus;
  });
  afterAll(async () => {
    expect(await stampede('cluster', 'down', '--instance', own)).toMatchObject({ exitCode: 0 });
  });
  return {
    name: own,
    instance,
    status: () => {
      if (status === undefined) throw new Error('the cluster is not up yet');
      return status;
    },
    stop: async (process) => void (await controlProcess(instance, process, 'stop')),
    start: async (process) => void (await controlProcess(instance, process, 'start')),
  };
}
