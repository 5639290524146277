// Installs Chaos Mesh: its kinds and its namespace before its processes start, its webhooks and the way to its daemon afterwards.

import type { KubernetesObject, V1CustomResourceDefinition, V1EndpointSlice } from '@kubernetes/client-node';
import type { Instance } from '../../instance.ts';
import { type ClusterAddresses, PORTS } from '../address-plan.ts';
import type { ClusterClient, ObjectName } from '../client/cluster-client.ts';
import { NODE_NAME } from '../node/node-name.ts';
import { CHAOS_MESH_NAMESPACE } from './chaos-mesh-processes.ts';
import { chaosMeshWebhooks } from './webhooks.ts';

/** Resolves when the API server serves all kinds. */
export async function installKinds(
  client: ClusterClient,
  kinds: readonly V1CustomResourceDefinition[],
  signal: AbortSignal,
): Promise<void> {
  const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: CHAOS_MESH_NAMESPACE } };
  await client.apply([namespace, ...kinds]);
  for (const { apiVersion = '', kind = '', metadata } of kinds) {
    const name: ObjectName = { apiVersion, kind, metadata: { name: metadata?.name ?? '' } };
    await client.waitFor<V1CustomResourceDefinition>(name, { signal, problem: notServed, note: () => undefined });
  }
}

/** After its processes have started. */
export async function introduceChaosMesh(
  client: ClusterClient,
  instance: Instance,
  addresses: ClusterAddresses,
  kinds: readonly V1CustomResourceDefinition[],
): Promise<void> {
  await client.apply([wayToDaemon(addresses), ...(await chaosMeshWebhooks(instance, addresses, kinds))]);
}

function notServed(kind: V1CustomResourceDefinition | undefined): string | null {
  const isServed = kind?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
  return isServed ? null : 'is not served yet';
}

/** The controllers find the daemon of a node by an EndpointSlice whose name begins so and whose endpoint names the node. */
function wayToDaemon({ node }: ClusterAddresses): V1EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `chaos-daemon-${NODE_NAME}`,
      namespace: CHAOS_MESH_NAMESPACE,
      labels: { 'kubernetes.io/service-name': 'chaos-daemon' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: [node], nodeName: NODE_NAME, conditions: { ready: true } }],
    ports: [{ name: 'grpc', port: PORTS.chaosDaemon, protocol: 'TCP' }],
  };
}
