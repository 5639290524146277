// A cluster of brokers as faults and the readers of its queues see it.

/** One queue as the broker's management API shows it. Nodes have the names by which the cluster lists them. */
export interface QueueView {
  /** Of a queue without replicas, the node on which it stands; `null` when it has none at present. */
  readonly leader: string | null;
  readonly members: readonly string[];
  readonly online: readonly string[];
  /** What it holds; `null` while the broker has no figure. */
  readonly messages: number | null;
}

export interface BrokerCluster {
  readonly nodes: readonly string[];
  /** `null` when there is no such queue. Rejects when no node answers. */
  queue(name: string): Promise<QueueView | null>;
  /** Why the nodes are not one cluster that serves clients; `null` when they are. */
  problem(): Promise<string | null>;
}
