// Every fault by its name: what experiments may use.

import { brokerFreeze } from './broker-freeze.ts';
import { brokerKill } from './broker-kill.ts';
import { brokerPartition } from './broker-partition.ts';
import { brokerRestart } from './broker-restart.ts';
import { brokerRollingRestart } from './broker-rolling-restart.ts';
import type { Fault } from './fault.ts';
import { networkCut } from './network-cut.ts';
import { processFreeze } from './process-freeze.ts';
import { processKill } from './process-kill.ts';
import { processStop } from './process-stop.ts';

export const ALL_FAULTS: readonly Fault[] = [
  processKill,
  processStop,
  processFreeze,
  brokerKill,
  brokerFreeze,
  brokerRestart,
  brokerRollingRestart,
  brokerPartition,
  networkCut,
];

export function faultNamed(name: string): Fault | undefined {
  return ALL_FAULTS.find((fault) => fault.name === name);
}
