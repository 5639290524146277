// Restarts every node of the broker, one after the other, as an upgrade does: the next only when all is well after the one before.

import { restartOneByOne } from '../broker/strike-nodes.ts';
import { aimAtRole, bringClusterBack, clusterStillWrong, type NodesIntent } from './broker-nodes.ts';
import type { Fault } from './fault.ts';
import { objectOf } from './process-options.ts';
import { queueSchema } from './roles.ts';

type Options = { readonly queue: string };

export const brokerRollingRestart: Fault<Options, NodesIntent> = {
  name: 'broker-rolling-restart',
  about: 'restarts the broker nodes one by one, followers of a queue first; the supervisor starts them again',
  options: objectOf({ queue: queueSchema }),
  lasting: () => false,
  impossible: async () => null,
  aim: async (system, { queue }) => {
    const intent = await aimAtRole(system, { role: 'all', queue });
    return { ...intent, nodes: intent.nodes.toReversed() };
  },
  downAtOnce: ({ nodes }) => nodes.slice(0, 1),
  inject: ({ broker }, { nodes, queue }, signal) => restartOneByOne(broker, nodes, queue, signal),
  heal: bringClusterBack,
  verifyHealed: clusterStillWrong,
};
