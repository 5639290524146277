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
  readonly broker: BrokerCluster;
  readonly network: Network;
  /** Why not everything serves: processes, cluster, database; `null` when all is well. */
  problem(): Promise<string | null>;
}

export type ProcessSignal = 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT' | 'SIGINT';

/** Processes by name: services, broker nodes, the database, each watched by a supervisor that restarts what dies. */
export interface ProcessControl {
  readonly names: readonly string[];
  /** Tells one life of the process from the next; `null` while it does not run. */
  identity(name: string): Promise<string | null>;
  /** True while the kernel has it stopped (SIGSTOP). */
  isFrozen(name: string): Promise<boolean>;
  /** Rejects when it does not run. Reaches the processes that it has started too, where they are part of it (PostgreSQL). */
  signal(name: string, signal: ProcessSignal): Promise<void>;
  /** From now on it is not restarted when it dies. */
  hold(name: string): Promise<void>;
  /** Has it run, and restarted when it dies, with a clean back-off. */
  start(name: string): Promise<void>;
  /** Why it does not serve; `null` when it does. */
  problem(name: string): Promise<string | null>;
}

/** The addresses of the processes, and what can be done between them. */
export interface Network {
  /** Why no pair of processes can be cut apart here; `null` when they can. */
  readonly impossible: string | null;
}
