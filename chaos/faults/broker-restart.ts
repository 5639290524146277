// Has nodes of the broker stop properly, by their role, all at the same time.

import { brokerEnding } from './broker-ending.ts';
import type { Fault } from './fault.ts';

export const brokerRestart: Fault = brokerEnding({
  name: 'broker-restart',
  about: 'asks the broker nodes of a role to stop properly, all at the same time',
  strike: (processes, node) => processes.end(node),
});
