// Which nodes of a cluster have a role, as seen from one queue.

import type { BrokerCluster } from '../../lib/model/broker-cluster.ts';

/**
 * `leader`, `follower`: of the queue. `minority`: as many followers as the cluster can do without. `majority`: the leader and as many
 * followers as make the rest a minority. `all`: every node.
 */
export const ROLES = ['leader', 'follower', 'minority', 'majority', 'all'] as const;
export type Role = (typeof ROLES)[number];

export const roleSchema = { enum: ROLES } as const;
export const queueSchema = { type: 'string', minLength: 1 } as const;

/** Of a queue without replicas, the other nodes stand for followers. Rejects when the queue has no leader at present. */
export async function nodesInRole(
  cluster: Pick<BrokerCluster, 'nodes' | 'queue'>,
  queue: string,
  role: Role,
): Promise<readonly string[]> {
  const leader = (await cluster.queue(queue))?.leader ?? null;
  if (leader === null) throw new Error(`the queue ${queue} has no leader at present, so nobody has the role ${role}`);
  const nodes = inRole(role, leader, cluster.nodes);
  if (nodes.length === 0) throw new Error(`a cluster of ${cluster.nodes.length} nodes has no ${role}`);
  return nodes;
}

/** Leader first, where it is among them. */
export function inRole(role: Role, leader: string, nodes: readonly string[]): readonly string[] {
  const followers = nodes.filter((node) => node !== leader);
  const minority = Math.floor((nodes.length - 1) / 2);
  switch (role) {
    case 'leader':
      return [leader];
    case 'follower':
      return followers.slice(0, 1);
    case 'minority':
      return followers.slice(0, minority);
    case 'majority':
      return [leader, ...followers].slice(0, nodes.length - minority);
    case 'all':
      return [leader, ...followers];
  }
}
