// The pods of a platform, part by part, as one look at the API server shows them.

import type { V1Pod } from '@kubernetes/client-node';
import type { KubernetesAccess } from '../../lib/model/target.ts';
import type { Cluster } from './cluster.ts';
import { persist } from './persist.ts';

/** A type, so that it is JSON. */
export type Pod = {
  readonly name: string;
  /** Tells one life of the pod, and of each of its containers, from the next. */
  readonly life: string;
  readonly node: string;
  readonly address: string;
  readonly containers: readonly string[];
  readonly isReady: boolean;
  /** It was deleted, and stops. */
  readonly isEnding: boolean;
};

const READ = { limitMs: 10_000 };

export class Pods {
  /** Names of the parts of the platform. */
  readonly parts: readonly string[];
  readonly #cluster: Cluster;
  readonly #access: KubernetesAccess;

  constructor(cluster: Cluster, access: KubernetesAccess) {
    this.#cluster = cluster;
    this.#access = access;
    this.parts = Object.keys(access.workloads);
  }

  /** Sorted by name; those that are ending among them. Rejects when there is no such part. */
  async of(part: string): Promise<readonly Pod[]> {
    const { namespace, workloads } = this.#access;
    const labels = workloads[part];
    if (labels === undefined) throw new Error(`there is no part ${part}; there are ${this.parts.join(', ')}`);
    const labelSelector = Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const ask = () => this.#cluster.core.listNamespacedPod({ namespace, labelSelector });
    const { items } = await persist(`listing the pods of ${part}`, ask, READ);
    return items.map(podOf).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Why a part has not so many pods that are ready, and no others; `null` when it has. */
  async problem(part: string, wanted = 1): Promise<string | null> {
    const pods = await this.of(part);
    const unready = pods.find(({ isReady, isEnding }) => !isReady || isEnding);
    if (unready !== undefined) return `${unready.name} ${unready.isEnding ? 'is still ending' : 'is not ready'}`;
    return pods.length >= wanted ? null : `${part} has ${pods.length} of ${wanted} pods`;
  }
}

function podOf({ metadata, spec, status }: V1Pod): Pod {
  const statuses = status?.containerStatuses ?? [];
  const lives = statuses.map(({ containerID, restartCount }) => containerID ?? `after ${restartCount} restarts`);
  return {
    name: metadata?.name ?? '',
    life: [metadata?.uid, ...lives].join(' '),
    node: spec?.nodeName ?? '',
    address: status?.podIP ?? '',
    containers: (spec?.containers ?? []).map(({ name }) => name),
    isReady: status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false,
    isEnding: metadata?.deletionTimestamp !== undefined,
  };
}
