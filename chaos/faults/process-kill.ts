// Ends a process at once, as a crash, or a kernel that is short of memory, would.

import type { Fault } from './fault.ts';
import { endingFault } from './process-ending.ts';

export const processKill: Fault = endingFault({
  name: 'process-kill',
  about: 'ends a process, and all that it has started, at once (SIGKILL)',
  strike: (processes, name) => processes.signal(name, 'SIGKILL'),
});
