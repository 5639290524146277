// Fills the disk of a broker node to the last byte: it raises its alarm, and what it must write it cannot.

import { livesOf } from '../broker/heal.ts';
import { poll } from '../broker/poll.ts';
import type { System } from '../targets/system.ts';
import { bringClusterBack, clusterStillWrong, type NodesIntent } from './broker-nodes.ts';
import type { Fault } from './fault.ts';
import { objectOf } from './process-options.ts';
import { queueSchema } from './roles.ts';

type Options = {
  /** Its members must be complete again before this counts as healed. */
  readonly queue: string;
};

/** The broker looks at its disk every 10 s at the latest. */
const NOTICED_LIMIT_MS = 30_000;
const RELIEVED_LIMIT_MS = 60_000;

export const brokerDiskFull: Fault<Options, NodesIntent> = {
  name: 'broker-disk-full',
  about: 'fills the disk of the one broker node that has a small one; it raises its alarm, or dies',
  options: objectOf({ queue: queueSchema }),
  lasting: () => true,
  impossible: ({ disk }) => disk.impossible(),
  aim: async ({ broker, disk }, { queue }) => ({ nodes: [disk.node], queue, lives: await livesOf(broker) }),
  downAtOnce: ({ nodes }) => nodes,
  inject: async (system, { nodes }) => {
    await system.disk.fill();
    await poll(async () => ((await suffering(system, nodes)) ? null : `${nodes[0]} has not noticed`), NOTICED_LIMIT_MS);
    return { freeBytes: await system.disk.freeBytes() };
  },
  heal: async (system, intent) => {
    await system.disk.empty();
    const healing = await bringClusterBack(system, intent);
    await poll(() => stillFull(system, intent), RELIEVED_LIMIT_MS);
    return healing;
  },
  verifyHealed: async (system, intent) => (await stillFull(system, intent)) ?? clusterStillWrong(system, intent),
};

/** The alarm is on, or the node does not even tell. */
async function suffering({ broker }: System, nodes: readonly string[]): Promise<boolean> {
  const raised = (await broker.alarms()).some(({ node, resource }) => resource === 'disk' && nodes.includes(node));
  return raised || (await broker.nodeProblem(nodes[0] ?? '')) !== null;
}

async function stillFull({ disk, broker }: System, { nodes }: NodesIntent): Promise<string | null> {
  if (disk.isFilled()) return `the disk of ${disk.node} is still filled`;
  const raised = (await broker.alarms()).find(({ node, resource }) => resource === 'disk' && nodes.includes(node));
  return raised === undefined ? null : `${raised.node} still raises the disk alarm`;
}
