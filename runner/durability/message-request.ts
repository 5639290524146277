// What a run about messages is asked to do, with what, and on which cluster.

import type { Bound } from '../../lib/model/bound.ts';
import type { BrokerCluster } from '../../lib/model/broker-cluster.ts';
import type { MessageRun } from '../../lib/model/message.ts';
import type { BrokerAccess } from '../../lib/model/target.ts';
import type { LoadTools } from '../load.ts';
import type { LoadUnderWay } from '../load-under-way.ts';

export interface MessageRequest {
  /** Name of the scenario, e.g. `message-durability`. */
  readonly scenario: string;
  readonly told: Omit<MessageRun, 'drain'>;
  /** How long messages stream; backlog mode takes as long as it needs. */
  readonly streamMs: number;
  /** Name of the cluster, for the reports. */
  readonly targetName: string;
  readonly brokerVersion: string;
  readonly access: BrokerAccess;
  readonly cluster: BrokerCluster;
  readonly underFaults: UnderFaults;
  readonly runsRoot: string;
  readonly suiteVersion: string;
  readonly tools: LoadTools;
  readonly bounds: readonly Bound[];
}

/** Breaks the cluster once and heals it. Whether it struck and was healed is evidence; rejects when that could not be written down. */
export type Strike = () => Promise<void>;

/** When to strike, if anything is to be broken at all. The signal: begin nothing more, and come to an end. */
export type ActUnderFaults = (strike: Strike | undefined, signal: AbortSignal) => Promise<void>;

/** Lets the acting be done beside a load. All is healed when it resolves, or nobody waits any more. */
export type UnderFaults = (load: LoadUnderWay, act: ActUnderFaults) => Promise<void>;
