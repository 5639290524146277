// The disk alarm of the broker.

import { brokerAlarm } from './broker-alarm.ts';

export const brokerDiskAlarm = brokerAlarm(
  'disk',
  'has the broker nodes of a role raise their disk alarm: all publishers of the cluster are blocked',
);
