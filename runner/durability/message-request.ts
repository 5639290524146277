// What a run about messages is asked to do, with what, and on which cluster.

import type { Bound } from '../../lib/model/bound.ts';
import type { BrokerCluster, Fault } from '../../lib/model/fault.ts';
import type { MessageRun } from '../../lib/model/message.ts';
import type { BrokerAccess } from '../../lib/model/target.ts';
import type { LoadTools } from '../load.ts';

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
  /** `undefined`: nothing is broken. */
  readonly fault: Fault | undefined;
  readonly runsRoot: string;
  readonly suiteVersion: string;
  readonly tools: LoadTools;
  readonly bounds: readonly Bound[];
}
