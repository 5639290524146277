// A fault that ends one process in one way or another; the experiment says who brings it back.

import type { ProcessControl } from '../targets/system.ts';
import type { Fault } from './fault.ts';
import {
  awaitGone,
  bringBack,
  type EndingIntent,
  type EndingOptions,
  lifeOf,
  objectOf,
  processSchema,
  refuseAnotherLife,
  restartedBySchema,
  stillWrong,
} from './process-options.ts';

interface Ending {
  readonly name: string;
  readonly about: string;
  readonly strike: (processes: ProcessControl, name: string) => Promise<void>;
}

export function endingFault({ name, about, strike }: Ending): Fault<EndingOptions, EndingIntent> {
  return {
    name,
    about,
    options: objectOf({ process: processSchema, restartedBy: restartedBySchema }),
    lasting: ({ restartedBy }) => restartedBy === 'heal',
    impossible: async () => null,
    aim: async (system, { process, restartedBy }) => ({ process, life: await lifeOf(system, process), restartedBy }),
    downAtOnce: ({ process }) => [process],
    inject: async (system, intent) => {
      await refuseAnotherLife(system, intent);
      if (intent.restartedBy === 'heal') await system.processes.hold(intent.process);
      await strike(system.processes, intent.process);
      await awaitGone(system, intent);
      return { ended: intent.life };
    },
    heal: async (system, { process }) => {
      await bringBack(system, process);
      return { helped: [] };
    },
    verifyHealed: (system, { process }) => stillWrong(system, [process]),
  };
}
