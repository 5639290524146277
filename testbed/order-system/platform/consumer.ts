// Consuming a queue: a message is handled, what follows from it is published, and it is acked; or it is put back.

import type { Logger } from 'pino';
import { type AsyncMessage, type Connection, type Consumer, type ConsumerProps, ConsumerStatus } from 'rabbitmq-client';
import type { Defects } from '../defects.ts';
import { parseEvent } from '../messages.ts';
import { isDeclaredByConsumer, queues, transientQueueArguments } from '../topology.ts';
import type { Delivery } from './inbox.ts';
import type { ServiceMetrics } from './metrics.ts';
import type { OutgoingMessage } from './publisher.ts';
import { withRetries } from './retry.ts';

/**
 * Handles one delivery: inbox row, effect and the messages that follow commit together or not at all. Gives the messages
 * that were kept in the outbox; none for a repeated delivery. Throws when the message can't be handled.
 */
export type EventHandler = (delivery: Delivery) => Promise<readonly OutgoingMessage[]>;

export interface ConsumerParts {
  readonly queue: string;
  readonly prefetch: number;
  readonly defects: Defects;
  readonly handle: EventHandler;
  /** Gets the messages that were committed to the outbox. */
  readonly publish: (messages: readonly OutgoingMessage[]) => void;
  readonly metrics: ServiceMetrics;
  readonly log: Logger;
  /** Aborted when the service stops: no further tries then. */
  readonly stopping: AbortSignal;
}

type Outcome = 'done' | 'failed';

/** Starts consuming, and starts again after every lost connection. The queue must exist: topology belongs to the migration. */
export function startConsumer(connection: Connection, parts: ConsumerParts): Consumer {
  const consumer = connection.createConsumer(
    {
      queue: parts.queue,
      ...declarationOf(parts),
      noAck: parts.defects.hits('auto-ack', parts.queue),
      qos: { prefetchCount: parts.prefetch },
      concurrency: parts.prefetch,
    },
    async (message) => ((await deliver(parts, message)) === 'failed' ? ConsumerStatus.REQUEUE : ConsumerStatus.ACK),
  );
  consumer.on('error', (error) => parts.log.warn({ queue: parts.queue, error: String(error) }, 'consumer disturbed'));
  return consumer;
}

/** What the consumer itself declares whenever it connects: nothing, but for a planted defect. */
function declarationOf({ queue: name, defects }: ConsumerParts): Pick<ConsumerProps, 'queueOptions' | 'queueBindings'> {
  const queue = queues.find((each) => each.name === name);
  if (queue === undefined || !isDeclaredByConsumer(queue, defects)) return { queueOptions: { passive: true } };
  return {
    queueOptions: { durable: false, arguments: transientQueueArguments(queue) },
    queueBindings: queue.bindings.map((binding) => ({ queue: name, ...binding })),
  };
}

/** `failed` puts the message back: the broker counts its deliveries and dead-letters it at the limit. */
async function deliver(parts: ConsumerParts, message: AsyncMessage): Promise<Outcome> {
  const stopClock = parts.metrics.handled.startTimer({ queue: parts.queue, type: String(message.type) });
  const outcome = await attempt(parts, message);
  stopClock({ outcome });
  return outcome;
}

async function attempt(parts: ConsumerParts, message: AsyncMessage): Promise<Outcome> {
  try {
    const { messageId } = message;
    if (!messageId) throw new Error('message has no message_id');
    const event = parseEvent(message.type, message.body);
    const onRetry = () => parts.metrics.retries.inc({ where: parts.queue });
    const delivery = { queue: parts.queue, messageId, event };
    parts.publish(await withRetries(() => parts.handle(delivery), parts.stopping, onRetry));
    return 'done';
  } catch (error) {
    const { messageId, correlationId, type } = message;
    parts.log.error({ queue: parts.queue, messageId, correlationId, type, error: String(error) }, 'message failed');
    return 'failed';
  }
}
