// Every fault by its name: what experiments may use.

import { brokerDiskAlarm } from './broker-disk-alarm.ts';
import { brokerDiskFull } from './broker-disk-full.ts';
import { brokerFreeze } from './broker-freeze.ts';
import { brokerKill } from './broker-kill.ts';
import { brokerMemoryAlarm } from './broker-memory-alarm.ts';
import { brokerPartition } from './broker-partition.ts';
import { brokerRestart } from './broker-restart.ts';
import { brokerRollingRestart } from './broker-rolling-restart.ts';
import { consumerPause } from './consumer-pause.ts';
import { databaseConnections } from './database-connections.ts';
import type { Fault } from './fault.ts';
import { linkBandwidth } from './link-bandwidth.ts';
import { linkHalfOpen } from './link-half-open.ts';
import { linkLatency } from './link-latency.ts';
import { linkReset } from './link-reset.ts';
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
  brokerMemoryAlarm,
  brokerDiskAlarm,
  databaseConnections,
  consumerPause,
  linkLatency,
  linkBandwidth,
  linkReset,
  linkHalfOpen,
  brokerDiskFull,
];

export function faultNamed(name: string): Fault | undefined {
  return ALL_FAULTS.find((fault) => fault.name === name);
}
