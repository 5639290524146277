// A fault as the runner drives it: first it takes aim, then it strikes, and it is always healed.

import type { Json } from './history.ts';

/** Whom a fault will strike: written down as the intent before anything is done. */
export interface Aim {
  readonly intent: Json;
  /** Strikes; gives what was seen of the effect. Rejects when no effect was seen. */
  strike(): Promise<Json>;
}

/** A type, not an interface, so that it can be written down as JSON. */
export type Healing = {
  /** Nodes that did not come back by themselves, though nobody had struck them, and were restarted. */
  readonly helped: readonly string[];
};

/** Effect of a fault that strikes several times, one after the other. A type, as above. */
export type StrikesInTurn = {
  readonly inTurn: readonly { readonly afterMs: number; readonly effect: Json }[];
};

export interface Fault {
  /** For example `leader-kill`. */
  readonly name: string;
  /** Looks up the present roles and does nothing. Rejects when nobody has the role. */
  aim(): Promise<Aim>;
  /** Sees to it that all is well again; may be called at any time and more than once. Rejects when it is not in time. */
  heal(): Promise<Healing>;
}

/** One queue as the broker's management API shows it. Nodes have the names by which the cluster lists them. */
export interface QueueView {
  /** Of a queue without replicas, the node on which it stands; `null` when it has none at present. */
  readonly leader: string | null;
  readonly members: readonly string[];
  readonly online: readonly string[];
  /** What it holds; `null` while the broker has no figure. */
  readonly messages: number | null;
}

/** What a fault may do to a cluster of brokers, and what it may ask. */
export interface BrokerCluster {
  readonly nodes: readonly string[];
  /** Tells one life of the node's process from the next; `null` while it does not run. */
  identity(node: string): Promise<string | null>;
  /** `kill`: at once. `end`: it may stop properly. Whoever supervises it starts it again. */
  strike(node: string, how: 'kill' | 'end'): Promise<void>;
  /** Has it started when it does not run. */
  start(node: string): Promise<void>;
  /** `null` when there is no such queue. Rejects when no node answers. */
  queue(name: string): Promise<QueueView | null>;
  /** Why the node does not serve clients; `null` when it does. */
  nodeProblem(node: string): Promise<string | null>;
  /** Why the nodes are not one cluster that serves clients; `null` when they are. */
  problem(): Promise<string | null>;
}
