// Which address and which port everything of a cluster has. Clusters share the numbers of testbeds, so that neither takes the other's.

/** 198.18.0.0/15 is set aside for benchmarks (RFC 2544). Its second half is routed to the node: pods and services. */
const NODE_PREFIX = '198.18';
const ROUTED_PREFIX = '198.19';

export interface ClusterAddresses {
  /** Number of the subnet on this machine, 1 to 254. */
  readonly number: number;
  /** Machine and node, with its length. */
  readonly subnet: string;
  /** The machine's own address in it. */
  readonly machine: string;
  readonly node: string;
  /** All that the node routes: pods and services. */
  readonly routed: string;
  readonly pods: string;
  readonly services: string;
  /** Of the service `kubernetes`: the first of the services. */
  readonly apiService: string;
}

export function clusterAddresses(number: number): ClusterAddresses {
  const node = `${NODE_PREFIX}.${number}`;
  const routed = `${ROUTED_PREFIX}.${number}`;
  return {
    number,
    subnet: `${node}.0/24`,
    machine: `${node}.1`,
    node: `${node}.2`,
    routed: `${routed}.0/24`,
    pods: `${routed}.0/25`,
    services: `${routed}.128/25`,
    apiService: `${routed}.129`,
  };
}

/** Where the parts of the cluster listen, all on the node's address; etcd's clients alone on the node's loopback. */
export const PORTS = {
  etcdClient: 2379,
  etcdPeer: 2380,
  etcdMetrics: 2381,
  api: 6443,
  controllers: 10257,
  scheduler: 10259,
  containerdMetrics: 1338,
  kubelet: 10250,
  kubeletHealth: 10248,
  proxyHealth: 10256,
  proxyMetrics: 10249,
  dns: 53,
  dnsHealth: 8080,
  chaosWebhook: 9443,
  chaosMetrics: 10080,
  chaosDaemon: 11767,
  chaosDaemonHttp: 11766,
} as const;
