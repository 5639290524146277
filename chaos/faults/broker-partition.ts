// Cuts broker nodes off from the other broker nodes; clients still reach all of them.

import { aimAtRole, bringClusterBack, clusterStillWrong, type NodesIntent, type RoleOptions } from './broker-nodes.ts';
import type { Fault } from './fault.ts';
import { type CutIntent, makeCut, newCutId, stillCut, undoCut } from './network-parties.ts';
import { objectOf } from './process-options.ts';
import { queueSchema, ROLES } from './roles.ts';

type Intent = NodesIntent & CutIntent;

export const brokerPartition: Fault<RoleOptions, Intent> = {
  name: 'broker-partition',
  about: 'cuts the broker nodes of a role off from the others; all of them still reach their clients',
  options: objectOf({ role: { enum: ROLES.filter((role) => role !== 'all') }, queue: queueSchema }),
  lasting: () => true,
  impossible: ({ network }) => network.impossible(),
  aim: async (system, options) => {
    const intent = await aimAtRole(system, options);
    const others = system.broker.nodes.filter((node) => !intent.nodes.includes(node));
    const [from = '', to = ''] = [intent.nodes[0], others[0]];
    return {
      ...intent,
      cut: { id: newCutId(), side: intent.nodes, from: others },
      witness: { from, to, port: system.broker.peerPort(to) },
    };
  },
  // Whichever side is the smaller one stops serving.
  downAtOnce: ({ cut: { side, from } }) => (side.length < from.length ? side : from),
  inject: makeCut,
  heal: async (system, intent) => {
    await undoCut(system, intent);
    return bringClusterBack(system, intent);
  },
  verifyHealed: async (system, intent) => (await stillCut(system, intent)) ?? clusterStillWrong(system, intent),
};
