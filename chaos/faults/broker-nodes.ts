// What the faults of broker nodes have in common: their options and intents, and how the cluster is brought back.

import type { Healing } from '../../lib/model/fault.ts';
import { heal } from '../broker/heal.ts';
import { wellProblem } from '../broker/well.ts';
import type { System } from '../targets/system.ts';
import { stillWrong } from './process-options.ts';
import { nodesInRole, type Role } from './roles.ts';

/** A type, so that it is JSON; so are the types below. */
export type RoleOptions = { readonly role: Role; readonly queue: string };

export type NodesIntent = {
  /** Nodes to be struck, in this order. */
  readonly nodes: readonly string[];
  readonly queue: string;
  /** The life of every node of the cluster before. */
  readonly lives: { readonly [node: string]: string | null };
};

/** Rejects when nobody has the role, and when one that has it does not run. */
export async function aimAtRole({ broker }: System, { role, queue }: RoleOptions): Promise<NodesIntent> {
  const nodes = await nodesInRole(broker, queue, role);
  const lives = await Promise.all(broker.nodes.map(async (node) => [node, await broker.identity(node)] as const));
  const dead = lives.find(([node, life]) => life === null && nodes.includes(node));
  if (dead !== undefined) throw new Error(`${dead[0]} does not run, so it cannot be struck`);
  return { nodes, queue, lives: Object.fromEntries(lives) };
}

/** Thaws all nodes, has them watched again, and waits until the cluster is well. */
export async function bringClusterBack({ broker, processes }: System, intent: NodesIntent): Promise<Healing> {
  for (const node of broker.nodes) {
    if ((await processes.identity(node)) !== null) await processes.signal(node, 'SIGCONT').catch(() => undefined);
  }
  return heal(broker, intent.queue, new Map(Object.entries(intent.lives)));
}

/** Why the struck nodes, or the cluster, are not as before; `null` when they are. */
export async function clusterStillWrong({ broker, processes }: System, intent: NodesIntent): Promise<string | null> {
  for (const node of broker.nodes) {
    const wrong = await stillWrong(processes, node);
    if (wrong !== null) return wrong;
  }
  return wellProblem(broker, intent.queue);
}
