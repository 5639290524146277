// When a cluster is well again after a fault: one cluster that serves clients, and the queue with its leader and all its members.

import type { BrokerCluster } from '../../lib/model/broker-cluster.ts';
import { poll } from './poll.ts';

const WELL_LIMIT_MS = 180_000;

type Asked = Pick<BrokerCluster, 'problem' | 'queue'>;

/** Rejects with what is still wrong when the time is over, and when the signal is aborted. */
export async function awaitWell(cluster: Asked, queue: string, signal?: AbortSignal): Promise<void> {
  await poll(() => wellProblem(cluster, queue), WELL_LIMIT_MS, signal);
}

/** What is wrong now; `null` when all is well. */
export async function wellProblem(cluster: Asked, queue: string): Promise<string | null> {
  return (await cluster.problem()) ?? queueProblem(cluster, queue);
}

/** A queue that is gone cannot be waited for: that it is missing is found by its messages. */
async function queueProblem(cluster: Asked, queue: string): Promise<string | null> {
  const view = await cluster.queue(queue);
  if (view === null) return null;
  const { leader, members, online } = view;
  if (leader === null || !online.includes(leader)) return `the queue ${queue} has no leader`;
  const missing = members.filter((node) => !online.includes(node));
  return missing.length === 0 ? null : `the queue ${queue} is without ${missing.join(', ')}`;
}
