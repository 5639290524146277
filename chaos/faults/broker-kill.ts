// Ends nodes of the broker at once, by their role.

import { brokerEnding } from './broker-ending.ts';
import type { Fault } from './fault.ts';

export const brokerKill: Fault = brokerEnding({
  name: 'broker-kill',
  about: 'ends the broker nodes of a role at once (SIGKILL)',
  strike: (processes, node) => processes.signal(node, 'SIGKILL'),
});
