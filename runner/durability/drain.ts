// Reads every queue to its end, from every node in turn, with a client that has nothing in common with the load's: the final reads of messages.

import { setTimeout as pause } from 'node:timers/promises';
import type { AsyncMessage, Channel, Connection } from 'rabbitmq-client';
import type { BrokerCluster } from '../../lib/model/broker-cluster.ts';
import { CONSUME, type ConsumeValue, type Drain, deliveryKey } from '../../lib/model/message.ts';
import type { BrokerAccess, BrokerNode } from '../../lib/model/target.ts';
import type { HistoryWriter } from '../history-writer.ts';
import { isMissing, withConnection } from './broker-client.ts';
import { QUEUES } from './queues.ts';

const PREFETCH = 500;
/** A node that delivers nothing for so long has nothing more. */
const IDLE_MS = 1500;
const POLL_MS = 50;
/** The broker counts its messages every few seconds only. */
const COUNT_LIMIT_MS = 20_000;
const COUNT_EVERY_MS = 500;
const ROUNDS = 3;

export interface Draining {
  readonly access: BrokerAccess;
  readonly cluster: BrokerCluster;
  readonly history: Pick<HistoryWriter, 'begin'>;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  /** Is told how many deliveries there were so far. */
  readonly onDelivery: (deliveries: number) => void;
}

type Left = Drain['left'];

/** Asks all nodes for all queues until the broker says that they are empty. Rejects when the signal says stop, or a node cannot be asked. */
export async function drain(draining: Draining): Promise<Drain> {
  const { access, nowMs, signal } = draining;
  const startedMs = nowMs();
  const seen = { deliveries: 0 };
  let left: Left = [];
  for (let round = 1; round <= ROUNDS; round++) {
    for (const node of access.nodes) {
      await withConnection(access, node, async (connection) => {
        for (const queue of QUEUES) await readQueue(connection, { queue, node, seen }, draining);
      });
      signal.throwIfAborted();
    }
    left = await whatIsLeft(draining);
    if (left.every(({ messages }) => messages === null || messages === 0)) break;
  }
  return { startedMs, endedMs: nowMs(), nodes: access.nodes.map(({ name }) => name), left };
}

interface Reading {
  readonly queue: string;
  readonly node: Pick<BrokerNode, 'name'>;
  readonly seen: { deliveries: number };
}

/** A queue that is gone gives nothing. */
async function readQueue(connection: Connection, reading: Reading, draining: Draining): Promise<void> {
  const channel = await connection.acquire();
  // A closed channel rejects the next request; without a listener it would end the process.
  channel.on('error', () => undefined);
  try {
    await channel.basicQos({ prefetchCount: PREFETCH });
    await consumeUntilIdle(channel, reading, draining);
    await channel.close();
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
  }
}

async function consumeUntilIdle(channel: Channel, reading: Reading, draining: Draining): Promise<void> {
  let lastMs = 0;
  const { consumerTag } = await channel.basicConsume({ queue: reading.queue }, (message) => {
    if (takeDelivery(channel, message, reading, draining)) lastMs = performance.now();
  });
  // A broker that was slow to answer has not been idle.
  lastMs = performance.now();
  while (performance.now() - lastMs < IDLE_MS && !draining.signal.aborted) await pause(POLL_MS);
  await channel.basicCancel(consumerTag);
}

/** Writes it down and acknowledges it. False, and nothing is done, when the channel was closed before its turn came: the broker will deliver it again. */
export function takeDelivery(
  channel: Pick<Channel, 'active' | 'basicAck'>,
  message: Pick<AsyncMessage, 'messageId' | 'redelivered' | 'headers' | 'deliveryTag'>,
  { queue, node, seen }: Reading,
  { history, onDelivery }: Pick<Draining, 'history' | 'onDelivery'>,
): boolean {
  if (!channel.active) return false;
  const { messageId, redelivered, headers, deliveryTag } = message;
  const deliveryCount = Number(headers?.['x-delivery-count'] ?? 0);
  const value: ConsumeValue = { redelivered, deliveryCount, queue, node: node.name };
  const process = `drain-${node.name}`;
  const operation = history.begin({ process, f: CONSUME, key: deliveryKey(messageId), value: { ...value } });
  channel.basicAck({ deliveryTag });
  operation.complete('ok');
  seen.deliveries += 1;
  onDelivery(seen.deliveries);
  return true;
}

/** What the broker itself counts, when its count has settled or time is over. */
async function whatIsLeft(draining: Draining): Promise<Left> {
  const { cluster, signal } = draining;
  const endMs = performance.now() + COUNT_LIMIT_MS;
  for (;;) {
    const left = await Promise.all(
      QUEUES.map(async (queue) => {
        const view = await cluster.queue(queue);
        // A queue without a figure counts as not empty until it has one.
        return { queue, messages: view === null ? null : Math.max(view.messages ?? 1, await readyIn(queue, draining)) };
      }),
    );
    const isEmpty = left.every(({ messages }) => messages === null || messages === 0);
    if (isEmpty || performance.now() >= endMs || signal.aborted) return left;
    await pause(COUNT_EVERY_MS);
  }
}

/** The broker's figures are some seconds old and hold what is not acknowledged; this one is of now and does not. */
async function readyIn(queue: string, { access }: Draining): Promise<number> {
  const [node] = access.nodes;
  if (node === undefined) return 0;
  return withConnection(access, node, async (connection) => {
    const { messageCount } = await connection.queueDeclare({ queue, passive: true });
    return messageCount;
  });
}
