// How the platform is reached from the machine: a port of the node for each part of it that the suite speaks to.

import type { KubernetesObject, V1Service } from '@kubernetes/client-node';
import {
  BROKER_PODS,
  BROKER_PORTS,
  BROKER_WORKLOAD,
  DATABASE_PORT,
  DATABASE_WORKLOAD,
  NAME_LABEL,
  OUTSIDE_PORTS,
  PLATFORM_NAMESPACE,
  POD_NAME_LABEL,
} from './platform-names.ts';
import { SERVICE_PORTS } from './services.ts';

/** Each broker node has a port of its own: clients choose their node, and notice when it is gone. */
export function outsideServices(): readonly KubernetesObject[] {
  const named = (name: string) => ({ [NAME_LABEL]: name });
  return [
    outside('shopping', named('shopping'), SERVICE_PORTS.shopping, OUTSIDE_PORTS.shopping),
    outside('orders-api', named('orders-api'), SERVICE_PORTS['orders-api'], OUTSIDE_PORTS.orders),
    outside('database', named(DATABASE_WORKLOAD), DATABASE_PORT, OUTSIDE_PORTS.database),
    outside('management', named(BROKER_WORKLOAD), BROKER_PORTS.management, OUTSIDE_PORTS.management),
    ...BROKER_PODS.map((pod, index) =>
      outside(pod, { [POD_NAME_LABEL]: pod }, BROKER_PORTS.amqp, OUTSIDE_PORTS.amqp + index),
    ),
  ];
}

function outside(name: string, selector: Record<string, string>, port: number, nodePort: number): V1Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${name}-outside`, namespace: PLATFORM_NAMESPACE },
    spec: { type: 'NodePort', selector, ports: [{ name: 'outside', port, nodePort }] },
  };
}
