// Reads queue depths through RabbitMQ's management API.

import { Agent, request } from 'undici';
import { basicCredentials } from '../lib/config/secret.ts';
import { tlsOptions } from '../lib/config/tls-options.ts';
import type { Target } from '../lib/model/target.ts';
import { parseJson } from '../reports/store/read-json.ts';

const TIMEOUT_MS = 5_000;

export interface QueueDepth {
  readonly queue: string;
  /** It holds what its platform gave up. */
  readonly deadLetters: boolean;
  /** Ready and unacknowledged messages. */
  readonly depthMessages: number;
}

/** The queue is there, and its depth is not told: so it is for some seconds after a queue was declared. */
export class NoFiguresYet extends Error {}

export interface BrokerReader {
  /** Depths of all queues that the target file names, dead letters too. Rejects when the API does not answer or a named queue is missing. */
  depths(): Promise<QueueDepth[]>;
  close(): Promise<void>;
}

interface ListedQueue {
  readonly name: string;
  readonly messages?: number;
}

type Broker = NonNullable<Target['broker']>;

/** `undefined` when the target file names no broker. StampedeError 64 when its secret or a TLS file cannot be used. */
export function openBrokerReader(broker: Target['broker']): BrokerReader | undefined {
  if (broker === undefined) return undefined;
  const authorization = basicCredentials(broker.user, broker.password);
  const agent = new Agent({
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: TIMEOUT_MS, ...tlsOptions(broker.tls) },
  });
  return {
    depths: () => readDepths(broker, { headers: { authorization }, dispatcher: agent }),
    close: () => agent.destroy(),
  };
}

async function readDepths(broker: Broker, options: Parameters<typeof request>[1]): Promise<QueueDepth[]> {
  const url = `${broker.managementUrl}/api/queues/${encodeURIComponent(broker.vhost)}?columns=name,messages`;
  const response = await request(url, options);
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new Error(`the management API answered ${response.statusCode}`);
  }
  // A parser's own error would quote a piece of the text, and a piece of a secret is not recognised.
  const queues = parseJson(await response.body.text());
  if (!Array.isArray(queues)) throw new Error('the management API answered something else than a list of queues');
  const depths = new Map((queues as readonly ListedQueue[]).map(({ name, messages }) => [name, messages]));
  const depthOf = (queue: string, deadLetters: boolean): QueueDepth => {
    if (!depths.has(queue)) throw new Error(`the broker has no queue ${queue}`);
    const depthMessages = depths.get(queue);
    if (!isDepth(depthMessages)) throw new NoFiguresYet(`the broker does not tell the depth of the queue ${queue}`);
    return { queue, deadLetters, depthMessages };
  };
  return [
    ...broker.queues.map((queue) => depthOf(queue, false)),
    ...broker.deadLetterQueues.map((queue) => depthOf(queue, true)),
  ];
}

function isDepth(messages: number | undefined): messages is number {
  return Number.isSafeInteger(messages) && (messages as number) >= 0;
}
