// A platform on Kubernetes as faults act on it: through objects of Chaos Mesh in one namespace of one cluster, and in no other way.

import { join } from 'node:path';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';
import type { KubernetesAccess, Target } from '../../lib/model/target.ts';
import type { Ground, Trace } from '../targets/ground.ts';
import { requireAccess } from './access.ts';
import { ChaosMesh } from './chaos-mesh.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { RUN_LABEL } from './labels.ts';
import { removeAndAwaitGone } from './life-of-an-object.ts';
import { type Kernels, kernelsOf } from './node-kernel.ts';
import { Pods } from './pods.ts';
import { RabbitMq } from './rabbitmq.ts';

export interface KubernetesSystem extends Ground {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly mesh: ChaosMesh;
  readonly pods: Pods;
  readonly broker: RabbitMq;
  readonly kernels: Kernels;
}

/** Rejects (64, 69) when the cluster is not the one that is meant, or lets us not do what faults need. Nothing is made. */
export async function openKubernetes(
  target: Target & { readonly kubernetes: KubernetesAccess },
  targetFile: string,
): Promise<KubernetesSystem> {
  const { kubernetes: access, broker: management, name } = target;
  const { namespace, clusterUid, nodesCan = [] } = access;
  const cluster = openCluster(access);
  const pods = new Pods(cluster, access);
  await requireAccess(cluster, access, pods);
  const mesh = new ChaosMesh(cluster, namespace);
  const broker = await RabbitMq.open(management, pods);
  return {
    name,
    whereabouts: { kind: 'kubernetes', place: targetFile },
    remedies: {
      sweep: `npx stampede chaos sweep --kubernetes --target ${targetFile}`,
      lastResort: 'See docs/runbooks/stuck-finalizer.md.',
    },
    intentFolder: join(cacheFolder(), 'chaos', `${clusterUid}-${namespace}`),
    cluster,
    namespace,
    mesh,
    pods,
    broker,
    kernels: kernelsOf(cluster, nodesCan),
    problem: async () => (await firstUnready(pods)) ?? (broker.nodes.length === 0 ? null : broker.problem()),
    traces: () => leftovers(mesh),
  };
}

async function firstUnready(pods: Pods): Promise<string | null> {
  for (const part of pods.parts) {
    const problem = await pods.problem(part);
    if (problem !== null) return problem;
  }
  return null;
}

/** Everything that bears our label, whatever its kind. */
async function leftovers(mesh: ChaosMesh): Promise<readonly Trace[]> {
  const traces: Trace[] = [];
  try {
    for (const kind of await mesh.kinds()) {
      for (const { metadata } of await mesh.labelled(kind, RUN_LABEL)) {
        const what = `${kind} ${metadata.name} in ${mesh.namespace}, of run ${metadata.labels?.[RUN_LABEL]}`;
        traces.push({ what, undo: () => removeAndAwaitGone(mesh, kind, metadata.name) });
      }
    }
  } catch (cause) {
    traces.push({ what: (cause as Error).message });
  }
  return traces;
}
