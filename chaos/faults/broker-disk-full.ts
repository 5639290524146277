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
  needsGround: true,
  lasting: () => true,
  impossible: ({ disk }) => disk.impossible(),
  aim: async (system, { queue }) => ({ nodes: [system.disk.node], queue, lives: await livesOf(system) }),
  downAtOnce: ({ nodes }) => nodes,
  inject: async (system, { nodes }, signal) => {
    await system.disk.fill();
    await poll(() => unnoticed(system, nodes), NOTICED_LIMIT_MS, signal);
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

/** `null` when the alarm is on, or when the node does not even tell. */
async function unnoticed(system: System, nodes: readonly string[]): Promise<string | null> {
  if ((await alarmed(system, nodes)) !== undefined) return null;
  const [node = ''] = nodes;
  return (await system.processes.problem(node)) === null ? `${node} has not noticed` : null;
}

async function stillFull(system: System, { nodes }: NodesIntent): Promise<string | null> {
  const { disk } = system;
  if (disk.isFilled()) return `the disk of ${disk.node} is still filled`;
  const raised = await alarmed(system, nodes);
  return raised === undefined ? null : `${raised} still raises the disk alarm`;
}

async function alarmed({ broker }: System, nodes: readonly string[]): Promise<string | undefined> {
  const alarms = await broker.alarms();
  return alarms.find(({ node, resource }) => resource === 'disk' && nodes.includes(node))?.node;
}
