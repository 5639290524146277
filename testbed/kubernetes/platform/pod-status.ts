// The pods of the platform as the API server has them.

import { CoreV1Api, KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { PLATFORM_NAMESPACE } from './platform-names.ts';

export interface PodStatus {
  readonly name: string;
  /** Null until it has one. */
  readonly address: string | null;
  readonly phase: string;
  readonly restarts: number;
  readonly ready: boolean;
  /** Why it is not ready. */
  readonly problem: string | null;
}

/** None when the API server does not answer, or has no such namespace. Jobs that have ended are left out. */
export async function podStatuses(kubeconfig: string): Promise<readonly PodStatus[]> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  try {
    const { items } = await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: PLATFORM_NAMESPACE });
    return items.filter((pod) => pod.status?.phase !== 'Succeeded').map(podStatus);
  } catch {
    return [];
  }
}

export function podStatus({ metadata, status }: V1Pod): PodStatus {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const waiting = containers.map(({ state }) => state?.waiting?.reason).find((reason) => reason !== undefined);
  const isReady = ready?.status === 'True';
  return {
    name: metadata?.name ?? '',
    address: status?.podIP ?? null,
    phase: status?.phase ?? 'Unknown',
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    ready: isReady,
    problem: isReady ? null : (waiting ?? ready?.reason ?? ready?.message ?? 'is not ready'),
  };
}
