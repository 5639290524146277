// Freezes nodes of the broker, by their role: their peers and clients hear nothing, and no connection breaks.

import {
  aimAtRole,
  bringClusterBack,
  clusterStillWrong,
  livesToStrike,
  type NodesIntent,
  type RoleOptions,
} from './broker-nodes.ts';
import type { Fault } from './fault.ts';
import { freeze, objectOf } from './process-options.ts';
import { queueSchema, roleSchema } from './roles.ts';

export const brokerFreeze: Fault<RoleOptions, NodesIntent> = {
  name: 'broker-freeze',
  about: 'freezes the broker nodes of a role (SIGSTOP)',
  options: objectOf({ role: roleSchema, queue: queueSchema }),
  lasting: () => true,
  impossible: async () => null,
  aim: aimAtRole,
  downAtOnce: ({ nodes }) => nodes,
  inject: async (system, intent) => {
    await freeze(system, livesToStrike(intent));
    return { frozen: intent.nodes };
  },
  heal: bringClusterBack,
  verifyHealed: clusterStillWrong,
};
