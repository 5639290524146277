// What the engine asks of a target of any kind; what faults may do there is told by its own kind of system.

import type { BrokerCluster } from '../../lib/model/broker-cluster.ts';

export interface Ground {
  /** For people. */
  readonly name: string;
  /** Where intents stand while their faults may be active. Outlives the suite. */
  readonly intentFolder: string;
  readonly broker: Pick<BrokerCluster, 'nodes' | 'queue'>;
  /** By which any process of this machine finds it again. */
  readonly whereabouts: Whereabouts;
  /** For a person who wants to remove what is left. */
  readonly remedies: Remedies;
  /** Why not everything serves; `null` when all is well. */
  problem(): Promise<string | null>;
  /** Empty on a target on which no fault is active. A question that is not answered is a trace: nothing is known then. */
  traces(): Promise<readonly Trace[]>;
}

/** `embedded`: the testbed's name. `kubernetes`: path of the target file. */
export interface Whereabouts {
  readonly kind: 'embedded' | 'kubernetes';
  readonly place: string;
}

export interface Remedies {
  /** The command that heals what can be healed. */
  readonly sweep: string;
  /** What to do when that has failed. */
  readonly lastResort: string;
}

/** What can be seen of a fault, whoever made it and whether or not an intent tells of it. */
export interface Trace {
  readonly what: string;
  /** Absent where only its maker could undo it. */
  readonly undo?: () => Promise<void>;
  /** True: it looks like a fault's work, but the machine itself is short of something. */
  readonly ofMachine?: boolean;
}
