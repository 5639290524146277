// Strikes nodes of a cluster, and sees whether they were struck: a process that lives on as before was not.

import type { BrokerCluster, StrikesInTurn } from '../../lib/model/fault.ts';
import type { Json } from '../../lib/model/history.ts';
import { poll } from './poll.ts';
import { awaitWell } from './well.ts';

/** A node with many messages takes some seconds to stop properly. */
const GONE_LIMIT_MS = 60_000;

/** All at the same time. Gives the lives that ended; rejects when one of them goes on. */
export async function strikeTogether(
  cluster: BrokerCluster,
  nodes: readonly string[],
  how: 'kill' | 'end',
): Promise<Json> {
  const before = await Promise.all(nodes.map((node) => cluster.identity(node)));
  await Promise.all(nodes.map((node) => cluster.strike(node, how)));
  await Promise.all(nodes.map((node, index) => lifeEnded(cluster, node, before[index] ?? null)));
  return { struck: nodes.map((node, index) => ({ node, life: before[index] ?? null })) };
}

/**
 * One after the other, each only when all is well again after the one before; says of each how long after the first it was struck. Rejects
 * instead of striking one more when the signal is aborted.
 */
export async function restartOneByOne(
  cluster: BrokerCluster,
  nodes: readonly string[],
  queue: string,
  signal?: AbortSignal,
): Promise<StrikesInTurn> {
  const beganMs = performance.now();
  const inTurn: StrikesInTurn['inTurn'][number][] = [];
  for (const node of nodes) {
    if (inTurn.length > 0) await awaitWell(cluster, queue);
    signal?.throwIfAborted();
    const afterMs = performance.now() - beganMs;
    inTurn.push({ afterMs, effect: await strikeTogether(cluster, [node], 'end') });
  }
  return { inTurn };
}

async function lifeEnded(cluster: BrokerCluster, node: string, life: string | null): Promise<void> {
  const problem = async (): Promise<string | null> =>
    life !== null && (await cluster.identity(node)) !== life ? null : `${node} still runs as before`;
  await poll(problem, GONE_LIMIT_MS);
}
