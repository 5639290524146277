// The broker as a test sees it: messages published by hand, depth of queues, and how many messages a service has handled.

import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../messages.ts';
import { routes } from '../messages.ts';
import type { Ground } from './order-system.ts';
import { poll } from './poll.ts';

/** Publishes an event as a service would; gives its message id. */
export async function publish(ground: Ground, event: DomainEvent, messageId: string = randomUUID()): Promise<string> {
  const publisher = ground.broker.connection.createPublisher({ confirm: true });
  const properties = { messageId, type: event.type, correlationId: event.body.orderId, durable: true };
  await publisher.send({ ...routes[event.type], ...properties }, event.body);
  await publisher.close();
  return messageId;
}

/** Messages that wait in the queue, those in a consumer's hands not counted. */
export async function depthOf(ground: Ground, queue: string): Promise<number> {
  const { messageCount } = await ground.broker.connection.queueDeclare({ queue, passive: true });
  return messageCount;
}

/** Waits until the context's inbox has the message. */
export function handled(ground: Ground, schema: string, messageId: string): Promise<true> {
  const { sql } = ground.database;
  return poll(`${messageId} is in the inbox of ${schema}`, async () => {
    const rows = await sql`select from ${sql(`${schema}.inbox`)} where message_id = ${messageId}`;
    return rows.length === 1;
  });
}

/** Messages that the service has handled since it started: all, or those with this outcome. */
export async function handledCount(serviceUrl: string, outcome: 'done' | 'failed' | '' = ''): Promise<number> {
  const metrics = await (await fetch(`${serviceUrl}/metrics`)).text();
  const line = new RegExp(`^message_handling_duration_seconds_count\\{.*outcome="${outcome}.*\\} (\\d+)$`, 'gm');
  const counts = metrics.matchAll(line);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
