// Names of the order platform on Kubernetes: its namespace, what selects its pods, at which ports of the node it is reached from outside.

/** The one namespace that the suite may touch. */
export const PLATFORM_NAMESPACE = 'order-platform';

/** By it, and by its value, every workload is selected. */
export const NAME_LABEL = 'app.kubernetes.io/name';
export const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

/** As the RabbitMQ cluster operator names them for a cluster "rabbitmq". */
export const BROKER_WORKLOAD = 'rabbitmq';
export const BROKER_PODS = [0, 1, 2].map((index) => `${BROKER_WORKLOAD}-server-${index}`);
export const DATABASE_WORKLOAD = 'database';

export const BROKER_PORTS = { amqp: 5672, management: 15672, prometheus: 15692 } as const;
export const DATABASE_PORT = 5432;

/** Ports of the node; Kubernetes gives 30000 to 32767 to this use. */
export const OUTSIDE_PORTS = {
  shopping: 30236,
  orders: 30231,
  database: 30432,
  /** Of any broker node that is ready. */
  management: 31672,
  /** Of the first broker node; the others follow. */
  amqp: 30670,
} as const;

/** Long name of a broker's pod within the cluster; also the second half of its node's Erlang name. */
export function brokerHost(pod: string): string {
  return `${pod}.${BROKER_WORKLOAD}-nodes.${PLATFORM_NAMESPACE}.svc.cluster.local`;
}
