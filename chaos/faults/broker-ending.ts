// A fault that ends nodes of the broker, all at the same time; the experiment says who brings them back.

import type { ProcessControl } from '../targets/system.ts';
import {
  aimAtRole,
  bringClusterBack,
  clusterStillWrong,
  livesToStrike,
  type NodesIntent,
  type RoleOptions,
} from './broker-nodes.ts';
import type { Fault } from './fault.ts';
import { awaitGone, objectOf, type RestartedBy, refuseAnotherLife, restartedBySchema } from './process-options.ts';
import { queueSchema, roleSchema } from './roles.ts';

type Options = RoleOptions & { readonly restartedBy: RestartedBy };
type Intent = NodesIntent & { readonly restartedBy: RestartedBy };

interface Ending {
  readonly name: string;
  readonly about: string;
  readonly strike: (processes: ProcessControl, node: string) => Promise<void>;
}

export function brokerEnding({ name, about, strike }: Ending): Fault<Options, Intent> {
  return {
    name,
    about,
    options: objectOf({ role: roleSchema, queue: queueSchema, restartedBy: restartedBySchema }),
    lasting: ({ restartedBy }) => restartedBy === 'heal',
    impossible: async () => null,
    aim: async (system, { restartedBy, ...role }) => ({ ...(await aimAtRole(system, role)), restartedBy }),
    downAtOnce: ({ nodes }) => nodes,
    inject: async (system, intent) => {
      const struck = livesToStrike(intent);
      for (const each of struck) await refuseAnotherLife(system, each);
      if (intent.restartedBy === 'heal') for (const node of intent.nodes) await system.processes.hold(node);
      await Promise.all(intent.nodes.map((node) => strike(system.processes, node)));
      await Promise.all(struck.map((each) => awaitGone(system, each)));
      return { ended: struck };
    },
    heal: bringClusterBack,
    verifyHealed: clusterStillWrong,
  };
}
