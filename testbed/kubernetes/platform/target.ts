// The target file of a cluster: how the suite reaches the platform from this machine, and where on Kubernetes it may make faults.

import type { V1Namespace } from '@kubernetes/client-node';
import type { KubernetesAccess, Target } from '../../../lib/model/target.ts';
import { BROKER_VHOST, MONITORING_USER, TAP_USER } from '../../broker/broker-config.ts';
import { ORDERS_DATABASE, READER_ROLE } from '../../database/database-config.ts';
import type { Instance } from '../../instance.ts';
import { SERVICE_NAMES } from '../../network/address-plan.ts';
import { brokerQueues, brokerTap, effectQueries } from '../../order-system/queries.ts';
import { secretFile } from '../../secrets.ts';
import type { ClusterAddresses } from '../address-plan.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { clusterFiles } from '../cluster-instance.ts';
import { contextName } from '../credentials.ts';
import {
  BROKER_PODS,
  BROKER_WORKLOAD,
  DATABASE_WORKLOAD,
  NAME_LABEL,
  OUTSIDE_PORTS,
  PLATFORM_NAMESPACE,
} from './platform-names.ts';

/** The target that `cluster up` writes. The database is read as a role that can do nothing else. */
export async function clusterTarget(
  client: ClusterClient,
  instance: Instance,
  { node }: ClusterAddresses,
): Promise<Target> {
  return {
    name: instance.name,
    flow: 'seed',
    http: {
      baseUrls: {
        shopping: `http://${node}:${OUTSIDE_PORTS.shopping}`,
        orders: `http://${node}:${OUTSIDE_PORTS.orders}`,
      },
    },
    database: {
      host: node,
      port: OUTSIDE_PORTS.database,
      database: ORDERS_DATABASE,
      user: READER_ROLE,
      password: `file:${secretFile(instance, 'database-reader')}`,
    },
    queries: effectQueries,
    broker: {
      managementUrl: `http://${node}:${OUTSIDE_PORTS.management}`,
      user: MONITORING_USER,
      password: `file:${secretFile(instance, 'broker-monitoring')}`,
      vhost: BROKER_VHOST,
      ...brokerQueues,
    },
    tap: {
      nodes: BROKER_PODS.map((_, index) => ({ host: node, port: OUTSIDE_PORTS.amqp + index })),
      vhost: BROKER_VHOST,
      user: TAP_USER,
      password: `file:${secretFile(instance, 'broker-tap')}`,
      ...brokerTap,
    },
    kubernetes: await kubernetesAccess(client, instance),
  };
}

async function kubernetesAccess(client: ClusterClient, instance: Instance): Promise<KubernetesAccess> {
  const system = await client.read<V1Namespace>({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'kube-system' },
  });
  const workloads = [
    ...SERVICE_NAMES.map((name) => [name, { [NAME_LABEL]: name }] as const),
    ['broker', { [NAME_LABEL]: BROKER_WORKLOAD, 'app.kubernetes.io/component': 'rabbitmq' }] as const,
    ['database', { [NAME_LABEL]: DATABASE_WORKLOAD }] as const,
  ];
  return {
    kubeconfig: clusterFiles(instance).suiteKubeconfig,
    context: contextName(instance),
    clusterUid: system?.metadata?.uid ?? '',
    namespace: PLATFORM_NAMESPACE,
    workloads: Object.fromEntries(workloads),
  };
}
