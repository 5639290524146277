// Asks a process to stop properly, as a deployment or the restart of its machine does.

import type { Fault } from './fault.ts';
import { endingFault } from './process-ending.ts';

export const processStop: Fault = endingFault({
  name: 'process-stop',
  about: 'asks a process to stop properly; it may finish what it has in hand',
  strike: (processes, name) => processes.end(name),
});
