// What faults may act on, and what they may ask: the same shape for every kind of target.

import type { BrokerCluster } from '../../lib/model/fault.ts';

export interface System {
  /** `embedded`: found from the instance's name alone, by any process of this machine. */
  readonly kind: 'embedded';
  /** The testbed's name. */
  readonly name: string;
  /** Where intents stand while their faults may be active. Outlives the suite. */
  readonly intentFolder: string;
  readonly processes: ProcessControl;
  readonly broker: Broker;
  readonly network: Network;
  /** Why not everything serves: processes, cluster, database; `null` when all is well. */
  problem(): Promise<string | null>;
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
