// Raises an alarm of the broker by moving the limit of one resource; the broker then blocks every publisher of the cluster.

import { poll } from '../broker/poll.ts';
import { wellProblem } from '../broker/well.ts';
import type { Resource, System } from '../targets/system.ts';
import type { Fault } from './fault.ts';
import { objectOf } from './process-options.ts';
import { nodesInRole, queueSchema, type Role, roleSchema } from './roles.ts';

type Options = { readonly role: Role; readonly queue: string };
type Intent = {
  readonly queue: string;
  /** Each with the limit that it had before. */
  readonly nodes: readonly { readonly node: string; readonly limitBytes: number }[];
};

/** No node needs so little memory, and no disk has so much room. */
const UNREACHABLE_BYTES: Readonly<Record<Resource, number>> = { memory: 1_000_000, disk: 1_000_000_000_000_000 };
const RAISED_LIMIT_MS = 15_000;
/** A node that restarts meanwhile takes a while; the broker's own figures are up to 5 s old. */
const CLEARED_LIMIT_MS = 90_000;

/** Whether an alarm at this limit is a fault's work. One at the limit that the node was configured with is the machine's own. */
export function isUnreachable(resource: Resource, limitBytes: number): boolean {
  const unreachable = UNREACHABLE_BYTES[resource];
  return resource === 'memory' ? limitBytes <= 2 * unreachable : limitBytes >= unreachable / 2;
}

export function brokerAlarm(resource: Resource, about: string): Fault<Options, Intent> {
  return {
    name: `broker-${resource}-alarm`,
    about,
    options: objectOf({ role: roleSchema, queue: queueSchema }),
    lasting: () => true,
    impossible: async () => null,
    aim: async ({ broker }, { role, queue }) => {
      const nodes = await nodesInRole(broker, queue, role);
      const limits = nodes.map(async (node) => ({ node, limitBytes: (await broker.limits(node))[`${resource}Bytes`] }));
      return { queue, nodes: await Promise.all(limits) };
    },
    // The nodes go on serving consumers, and keep their queues.
    downAtOnce: () => [],
    inject: async ({ broker }, { nodes }, signal) => {
      for (const { node } of nodes) await broker.setLimit(node, resource, UNREACHABLE_BYTES[resource]);
      await poll(async () => notRaised(await raisedOn(broker, resource), nodes), RAISED_LIMIT_MS, signal);
      return { alarms: nodes.map(({ node }) => `${resource} on ${node}`) };
    },
    heal: async ({ broker }, { nodes, queue }) => {
      for (const { node, limitBytes } of nodes) {
        await poll(async () => broker.setLimit(node, resource, limitBytes).then(() => null), CLEARED_LIMIT_MS);
      }
      await poll(() => stillAlarmed(broker, resource, nodes), CLEARED_LIMIT_MS);
      await poll(() => wellProblem(broker, queue), CLEARED_LIMIT_MS);
      return { helped: [] };
    },
    verifyHealed: async ({ broker }, { nodes, queue }) =>
      (await stillAlarmed(broker, resource, nodes)) ?? wellProblem(broker, queue),
  };
}

async function raisedOn(broker: System['broker'], resource: Resource): Promise<readonly string[]> {
  return (await broker.alarms()).filter((each) => each.resource === resource).map(({ node }) => node);
}

function notRaised(raised: readonly string[], nodes: Intent['nodes']): string | null {
  const missing = nodes.find(({ node }) => !raised.includes(node));
  return missing === undefined ? null : `${missing.node} raises no alarm`;
}

async function stillAlarmed(
  broker: System['broker'],
  resource: Resource,
  nodes: Intent['nodes'],
): Promise<string | null> {
  const raised = await raisedOn(broker, resource);
  for (const { node, limitBytes } of nodes) {
    if (raised.includes(node)) return `${node} still raises the ${resource} alarm`;
    const nowBytes = (await broker.limits(node))[`${resource}Bytes`];
    if (nowBytes !== limitBytes) return `the ${resource} limit of ${node} is ${nowBytes} bytes and was ${limitBytes}`;
  }
  return null;
}
