// Restarts every node of the broker, one after the other, as an upgrade does: the next only when all is well after the one before.

import type { StrikesInTurn } from '../../lib/model/fault.ts';
import { awaitWell } from '../broker/well.ts';
import type { System } from '../targets/system.ts';
import { aimAtRole, bringClusterBack, clusterStillWrong, type NodesIntent } from './broker-nodes.ts';
import type { Fault } from './fault.ts';
import { awaitGone, lifeOf, objectOf } from './process-options.ts';
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
  inject: restartInTurn,
  heal: bringClusterBack,
  verifyHealed: clusterStillWrong,
};

/** Says of each node how long after the first it was struck. */
async function restartInTurn(
  system: System,
  { nodes, queue }: NodesIntent,
  signal?: AbortSignal,
): Promise<StrikesInTurn> {
  const beganMs = performance.now();
  const inTurn: StrikesInTurn['inTurn'][number][] = [];
  for (const node of nodes) {
    if (inTurn.length > 0) await awaitWell(system.broker, queue, signal);
    signal?.throwIfAborted();
    const struck = { process: node, life: await lifeOf(system, node) };
    const afterMs = performance.now() - beganMs;
    await system.processes.end(node);
    await awaitGone(system, struck);
    inTurn.push({ afterMs, effect: { ended: [struck] } });
  }
  return { inTurn };
}
