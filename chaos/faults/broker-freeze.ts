// Freezes nodes of the broker, by their role: their peers and clients hear nothing, and no connection breaks.

import { poll } from '../broker/poll.ts';
import { aimAtRole, bringClusterBack, clusterStillWrong, type NodesIntent, type RoleOptions } from './broker-nodes.ts';
import type { Fault } from './fault.ts';
import { objectOf } from './process-options.ts';
import { queueSchema, roleSchema } from './roles.ts';

const FROZEN_LIMIT_MS = 5000;

export const brokerFreeze: Fault<RoleOptions, NodesIntent> = {
  name: 'broker-freeze',
  about: 'freezes the broker nodes of a role (SIGSTOP)',
  options: objectOf({ role: roleSchema, queue: queueSchema }),
  lasting: () => true,
  impossible: async () => null,
  aim: aimAtRole,
  downAtOnce: ({ nodes }) => nodes,
  inject: async ({ processes }, { nodes }) => {
    for (const node of nodes) await processes.signal(node, 'SIGSTOP');
    await poll(async () => {
      for (const node of nodes) if (!(await processes.isFrozen(node))) return `${node} is not frozen`;
      return null;
    }, FROZEN_LIMIT_MS);
    return { frozen: nodes };
  },
  heal: bringClusterBack,
  verifyHealed: clusterStillWrong,
};
