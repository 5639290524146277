// Reads queue depths through RabbitMQ's management API.

import { request } from 'undici';
import { resolveSecret } from '../lib/config/secret.ts';
import type { Target } from '../lib/model/target.ts';

const TIMEOUT_MS = 5_000;

export interface QueueDepth {
  readonly queue: string;
  /** It holds what its platform gave up. */
  readonly deadLetters: boolean;
  /** Ready and unacknowledged messages. */
  readonly depthMessages: number;
}

/** Depths of all queues of the virtual host that the target file names, dead letters too. Rejects when the API does not answer or a named queue is missing. */
export async function readQueueDepths(broker: NonNullable<Target['broker']>): Promise<QueueDepth[]> {
  const url = `${broker.managementUrl}/api/queues/${encodeURIComponent(broker.vhost)}?columns=name,messages`;
  const credentials = Buffer.from(`${broker.user}:${resolveSecret(broker.password)}`).toString('base64');
  const response = await request(url, {
    headers: { authorization: `Basic ${credentials}` },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new Error(`the management API answered ${response.statusCode}`);
  }
  const queues = (await response.body.json()) as readonly { name: string; messages?: number }[];
  const depths = new Map(queues.map(({ name, messages }) => [name, messages ?? 0]));
  const depthOf = (queue: string, deadLetters: boolean): QueueDepth => {
    const depthMessages = depths.get(queue);
    if (depthMessages === undefined) throw new Error(`the broker has no queue ${queue}`);
    return { queue, deadLetters, depthMessages };
  };
  return [
    ...broker.queues.map((queue) => depthOf(queue, false)),
    ...broker.deadLetterQueues.map((queue) => depthOf(queue, true)),
  ];
}
