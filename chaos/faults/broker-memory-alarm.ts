// The memory alarm of the broker.

import { brokerAlarm } from './broker-alarm.ts';

export const brokerMemoryAlarm = brokerAlarm(
  'memory',
  'has the broker nodes of a role raise their memory alarm: all publishers of the cluster are blocked',
);
