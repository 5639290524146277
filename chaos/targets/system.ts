// What faults may act on, and what they may ask, where each part of the platform is a process of this machine.

import type { BrokerCluster } from '../../lib/model/broker-cluster.ts';
import type { Ground } from './ground.ts';

export interface System extends Ground {
  readonly processes: ProcessControl;
  readonly broker: Broker;
  readonly database: Database;
  readonly network: Network;
  readonly links: Links;
  readonly disk: Disk;
}

export type ProcessSignal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';

/** Processes by name: services, broker nodes, the database, each watched by a supervisor that restarts what dies. */
export interface ProcessControl {
  readonly names: readonly string[];
  /** Tells one life of the process from the next; `null` while it does not run. */
  identity(name: string): Promise<string | null>;
  /** True while the kernel has it stopped (SIGSTOP). */
  isFrozen(name: string): Promise<boolean>;
  /** True while nothing would restart it if it died. */
  isHeld(name: string): Promise<boolean>;
  /** Rejects when it does not run. Reaches the processes that it has started too, where they are part of it (PostgreSQL). */
  signal(name: string, signal: ProcessSignal): Promise<void>;
  /** Asks it to stop, by the signal that it takes for that. Rejects when it does not run. */
  end(name: string): Promise<void>;
  /** From now on it is not restarted when it dies. */
  hold(name: string): Promise<void>;
  /** Has it run, and restarted when it dies, with a clean back-off. */
  start(name: string): Promise<void>;
  /** Why it does not serve; `null` when it does. */
  problem(name: string): Promise<string | null>;
  /** Where its clients connect to. */
  port(name: string): number;
}

/** Brokers: a cluster whose nodes are processes of the same names. */
export interface Broker extends BrokerCluster {
  /** Where the other nodes connect to. */
  peerPort(node: string): number;
  /** Processes that consume from the queue, by name; `null` when there is no such queue. */
  consumers(queue: string): Promise<readonly string[] | null>;
  /** Rejects when the node does not tell. */
  limits(node: string): Promise<Limits>;
  /** Until the node restarts: then it has its configured limit again. Rejects when the node does not run. */
  setLimit(node: string, resource: Resource, bytes: number): Promise<void>;
  /** Alarms of all nodes, as of now. Each one blocks every publisher of the cluster. */
  alarms(): Promise<readonly { readonly node: string; readonly resource: Resource }[]>;
}

export type Resource = 'memory' | 'disk';

/** At which a node raises an alarm. */
export interface Limits {
  /** More memory in use than this. */
  readonly memoryBytes: number;
  /** Less free disk than this. */
  readonly diskBytes: number;
}

/** The connections of the database. */
export interface Database {
  /** Takes all that are left for the services, until given back or until this process ends; gives how many. May be called again. */
  takeConnections(id: string): Promise<number>;
  /** Ends the services' own; they will connect anew. */
  endServiceConnections(): Promise<number>;
  /** Ends what was taken under this id, by whatever process. */
  giveBack(id: string): Promise<number>;
  /** How many are held under this id at present; under any id when there is none. */
  takenBy(id?: string): Promise<number>;
  /** Whether a service would get one more. */
  gives(): Promise<boolean>;
}

/** Which parts are cut off from which. A type, so that it can be written down as JSON. */
export type Cut = {
  /** Lower-case letters, digits and underscores; tells one cut from all others. */
  readonly id: string;
  /** Parts by name, as in `ProcessControl`. */
  readonly side: readonly string[];
  readonly from: readonly string[];
};

/** The addresses of the processes, and what can be done between them. */
export interface Network {
  /** Why no pair of processes can be cut apart here; `null` when they can. */
  impossible(): Promise<string | null>;
  /** From now on no packet passes between the one side and the other, in either direction. May be called again for the same cut. */
  cut(cut: Cut): Promise<void>;
  /** Undoes a cut; one that is not there is no failure. */
  join(cut: Pick<Cut, 'id'>): Promise<void>;
  /** Ids of the cuts that are there, whoever made them. */
  cuts(): Promise<readonly string[]>;
  /** Whether a connection from one part to a port of another comes to an answer within a second; a refusal is one. */
  reaches(from: string, to: string, port: number): Promise<boolean>;
}

/** The one disk that may be filled: of a broker node, small, and nobody else's. */
export interface Disk {
  /** Whose it is: a process by name. */
  readonly node: string;
  /** Why there is none; `null` when there is. */
  impossible(): Promise<string | null>;
  /** To the last bytes. Rejects when it is not full afterwards. */
  fill(): Promise<void>;
  /** Removes what `fill` made; what is not there is no failure. */
  empty(): Promise<void>;
  /** Whether there is something that `fill` made. */
  isFilled(): boolean;
  freeBytes(): Promise<number>;
}

/** What is done to the bytes of a link. */
export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'reset_peer' | 'timeout';
  /** `upstream`: what the service sends. `downstream`: what it is answered. */
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
}

/** Connections of the services, each through a fault proxy. */
export interface Links {
  readonly links: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Why nothing can be done to links here; `null` when it can. */
  impossible(): Promise<string | null>;
  /** One of a kind and direction per link under an id; a former one is replaced. */
  addToxic(id: string, link: string, toxic: Toxic): Promise<void>;
  /** Removes everything of this id from all links. */
  removeToxics(id: string): Promise<void>;
  /** Names of the links to which something is done under this id; under any id when there is none. */
  afflicted(id?: string): Promise<readonly string[]>;
  /** Says hello to the far end of a link as a client would. `broken`: refused, reset or closed. `silent`: no answer within the limit. */
  hello(link: string, limitMs: number): Promise<Hello>;
}

/** A type, so that it is JSON. */
export type Hello = {
  readonly outcome: 'answered' | 'broken' | 'silent';
  readonly ms: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
};
