// Freezes a process: it answers nothing, and the kernel keeps its connections open, as with a machine that hangs.

import type { Fault } from './fault.ts';
import {
  bringBack,
  freeze,
  lifeOf,
  objectOf,
  type ProcessIntent,
  type ProcessOptions,
  processSchema,
  stillWrong,
} from './process-options.ts';

export const processFreeze: Fault<ProcessOptions, ProcessIntent> = {
  name: 'process-freeze',
  about: 'freezes a process, and all that it has started (SIGSTOP)',
  options: objectOf({ process: processSchema }),
  lasting: () => true,
  impossible: async () => null,
  aim: async (system, { process }) => ({ process, life: await lifeOf(system, process) }),
  downAtOnce: ({ process }) => [process],
  inject: async (system, intent) => {
    await freeze(system, [intent]);
    return { frozen: intent.life };
  },
  heal: async (system, { process }) => {
    await bringBack(system, process);
    return { helped: [] };
  },
  verifyHealed: (system, { process }) => stillWrong(system, [process]),
};
