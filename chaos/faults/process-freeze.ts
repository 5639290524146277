// Freezes a process: it answers nothing, and the kernel keeps its connections open, as with a machine that hangs.

import { poll } from '../broker/poll.ts';
import type { Fault } from './fault.ts';
import {
  bringBack,
  lifeOf,
  objectOf,
  type ProcessIntent,
  type ProcessOptions,
  processSchema,
  refuseAnotherLife,
  stillWrong,
} from './process-options.ts';

const FROZEN_LIMIT_MS = 5000;

export const processFreeze: Fault<ProcessOptions, ProcessIntent> = {
  name: 'process-freeze',
  about: 'freezes a process, and all that it has started (SIGSTOP)',
  options: objectOf({ process: processSchema }),
  lasting: () => true,
  impossible: async () => null,
  aim: async (system, { process }) => ({ process, life: await lifeOf(system, process) }),
  downAtOnce: ({ process }) => [process],
  inject: async (system, intent) => {
    await refuseAnotherLife(system, intent);
    await system.processes.signal(intent.process, 'SIGSTOP');
    await poll(() => notFrozen(system.processes, intent.process), FROZEN_LIMIT_MS);
    return { frozen: intent.life };
  },
  heal: async (system, { process }) => {
    await bringBack(system, process);
    return { helped: [] };
  },
  verifyHealed: ({ processes }, { process }) => stillWrong(processes, process),
};

async function notFrozen(processes: Parameters<typeof stillWrong>[0], name: string): Promise<string | null> {
  return (await processes.isFrozen(name)) ? null : `${name} is not frozen`;
}
