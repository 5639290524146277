// Whether a cluster is the one that the target file means, and lets us do what faults need: asked before anything is made.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { KubernetesAccess } from '../../lib/model/target.ts';
import type { Cluster } from './cluster.ts';
import { GROUP, VERSION } from './kinds.ts';
import { persist, statusOf } from './persist.ts';
import type { Pods } from './pods.ts';

/** Much longer than an API server takes that is well. */
const ASK = { limitMs: 20_000 };

interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
}

const NEEDED: readonly Right[] = [
  { group: '', resource: 'pods', verb: 'list' },
  ...['podchaos', 'networkchaos', 'stresschaos'].flatMap((resource) =>
    ['create', 'get', 'list', 'delete'].map((verb) => ({ group: GROUP, resource, verb })),
  ),
  ...['create', 'get', 'update', 'delete'].map((verb) => ({ group: 'coordination.k8s.io', resource: 'leases', verb })),
];

/** StampedeError 64 when it is another cluster or the file selects badly; 69 when it does not answer, has no Chaos Mesh or lets us not. */
export async function requireAccess(cluster: Cluster, access: KubernetesAccess, pods: Pods): Promise<void> {
  refuseForbidden(access.namespace);
  await requireSameCluster(cluster, access);
  await requireChaosMesh(cluster);
  await requireRights(cluster, access.namespace);
  await requirePods(pods);
}

/** The schema of target files says so, too; a system could be made without one. */
function refuseForbidden(namespace: string): void {
  if (namespace !== 'chaos-mesh' && /^(?!kube-)[a-z0-9-]+$/.test(namespace)) return;
  throw new StampedeError(`no fault is ever made in the namespace "${namespace}"`, { exitCode: EXIT.usage });
}

async function requireSameCluster(cluster: Cluster, { clusterUid, context }: KubernetesAccess): Promise<void> {
  const ask = () => cluster.core.readNamespace({ name: 'kube-system' });
  const found = await persist('reading the namespace kube-system', ask, ASK).catch((cause: Error) => {
    throw unavailable(`the cluster of the context "${context}" cannot be used: ${cause.message}`);
  });
  if (found.metadata?.uid === clusterUid) return;
  throw new StampedeError(`the context "${context}" leads to another cluster than the target file means`, {
    exitCode: EXIT.usage,
    hint: `Its uid is ${found.metadata?.uid}, and "kubernetes.clusterUid" is ${clusterUid}.`,
  });
}

async function requireChaosMesh(cluster: Cluster): Promise<void> {
  const ask = () => cluster.custom.getAPIResources({ group: GROUP, version: VERSION });
  await persist('asking for Chaos Mesh', ask, ASK).catch((cause: Error) => {
    if (statusOf(cause) !== 404) throw unavailable(cause.message);
    throw unavailable('Chaos Mesh is not installed in this cluster: it does not know the group chaos-mesh.org');
  });
}

async function requireRights(cluster: Cluster, namespace: string): Promise<void> {
  const missing: string[] = [];
  for (const right of NEEDED) {
    if (!(await may(cluster, namespace, right))) missing.push(`${right.verb} ${right.resource}`);
  }
  if (missing.length > 0) {
    throw unavailable(`the suite's user may not, in the namespace ${namespace}: ${missing.join(', ')}`);
  }
}

async function may(cluster: Cluster, namespace: string, resourceAttributes: Right): Promise<boolean> {
  const body = { spec: { resourceAttributes: { namespace, ...resourceAttributes } } };
  const ask = () => cluster.authorization.createSelfSubjectAccessReview({ body });
  const { status } = await persist('asking for rights', ask, ASK).catch((cause: Error) => {
    throw unavailable(cause.message);
  });
  return status?.allowed ?? false;
}

/** Every part has pods, and no pod belongs to two parts. */
async function requirePods(pods: Pods): Promise<void> {
  const partOf = new Map<string, string>();
  for (const part of pods.parts) {
    const found = await pods.of(part).catch((cause: Error) => {
      throw unavailable(cause.message);
    });
    if (found.length === 0) throw unavailable(`no pod has the labels of ${part}: nothing would be struck`);
    for (const { name } of found) {
      const other = partOf.get(name);
      if (other !== undefined) throw ambiguous(name, part, other);
      partOf.set(name, part);
    }
  }
}

function ambiguous(pod: string, part: string, other: string): StampedeError {
  return new StampedeError(`the pod ${pod} has the labels of ${other} and of ${part}`, {
    exitCode: EXIT.usage,
    hint: 'Give each part under "kubernetes.workloads" labels that no pod of another part has.',
  });
}

function unavailable(message: string): StampedeError {
  return new StampedeError(message, {
    exitCode: EXIT.unavailable,
    hint: 'docs/kubernetes.md tells what must be there, and which rights the suite needs.',
  });
}
