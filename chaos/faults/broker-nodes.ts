// What the faults of broker nodes have in common: their options and intents, and how the cluster is brought back.

import type { Healing } from '../../lib/model/fault.ts';
import { heal, type Lives, livesOf } from '../broker/heal.ts';
import { wellProblem } from '../broker/well.ts';
import type { System } from '../targets/system.ts';
import { type ProcessIntent, stillWrong, thaw } from './process-options.ts';
import { nodesInRole, type Role } from './roles.ts';

/** A type, so that it is JSON; so are the types below. */
export type RoleOptions = { readonly role: Role; readonly queue: string };

export type NodesIntent = {
  /** Nodes to be struck, in this order. */
  readonly nodes: readonly string[];
  readonly queue: string;
  /** The life of every node of the cluster before. */
  readonly lives: Lives;
};

/** Rejects when nobody has the role, and when one that has it does not run. */
export async function aimAtRole(system: System, { role, queue }: RoleOptions): Promise<NodesIntent> {
  const nodes = await nodesInRole(system.broker, queue, role);
  const lives = await livesOf(system);
  const dead = nodes.find((node) => lives[node] === null);
  if (dead !== undefined) throw new Error(`${dead} does not run, so it cannot be struck`);
  return { nodes, queue, lives };
}

/** The lives that are to be struck. */
export function livesToStrike({ nodes, lives }: NodesIntent): readonly ProcessIntent[] {
  return nodes.map((node) => ({ process: node, life: lives[node] ?? '' }));
}

/** Thaws all nodes, has them watched again, and waits until the cluster is well. */
export async function bringClusterBack(system: System, { queue, lives }: NodesIntent): Promise<Healing> {
  await thaw(system, system.broker.nodes);
  return heal(system, queue, lives);
}

/** Why the nodes, or the cluster, are not as before; `null` when they are. */
export async function clusterStillWrong(system: System, { queue }: NodesIntent): Promise<string | null> {
  const { broker } = system;
  return (await stillWrong(system, broker.nodes)) ?? wellProblem(broker, queue);
}
