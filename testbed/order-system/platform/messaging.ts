// The messaging side of a service: what it needs of consumers, relay and broker connections, started and closed together.

import type { Logger } from 'pino';
import type { ServiceConfig } from '../config.ts';
import type { Defects } from '../defects.ts';
import type { Service } from '../service.ts';
import { closeBroker, openBroker } from './broker.ts';
import { startConsumer } from './consumer.ts';
import type { Database } from './database.ts';
import { brokerCheck, consumerCheck, type ReadinessCheck } from './health.ts';
import type { ServiceMetrics } from './metrics.ts';
import { ConfirmingPublisher, type OutgoingMessage } from './publisher.ts';
import { OutboxRelay } from './relay.ts';
import { within } from './within.ts';

export interface MessagingParts {
  readonly config: ServiceConfig;
  readonly database: Database;
  readonly defects: Defects;
  readonly metrics: ServiceMetrics;
  readonly log: Logger;
}

export interface Messaging {
  readonly checks: readonly ReadinessCheck[];
  /** Takes messages that were just committed to the outbox. */
  readonly publish: (messages: readonly OutgoingMessage[]) => void;
  /** Finishes the messages in hand, flushes the outbox, closes the connections; each within its limit. */
  readonly close: () => Promise<void>;
}

interface Side {
  readonly checks: readonly ReadinessCheck[];
  readonly close: () => Promise<void>;
}

const CONSUMER_LIMIT_MS = 3000;
const FLUSH_LIMIT_MS = 2000;
const CLOSE_LIMIT_MS = 500;
const NOTHING: Side = { checks: [], close: async () => undefined };

/** Consumers and relay have a connection each, so that a broker that blocks publishers still gets the acks. */
export async function openMessaging(service: Service, parts: MessagingParts): Promise<Messaging> {
  const relay = service.publishes ? await openRelay(service.schema, parts) : { ...NOTHING, publish: () => undefined };
  const consumers = service.queues.length > 0 ? await openConsumers(service, parts, relay.publish) : NOTHING;
  return {
    checks: [...relay.checks, ...consumers.checks],
    publish: relay.publish,
    close: async () => {
      await consumers.close();
      await relay.close();
    },
  };
}

async function openRelay(schema: string, { config, database, defects, metrics, log }: MessagingParts) {
  const connection = await openBroker(config, 'publish', log);
  const publisher = new ConfirmingPublisher(connection, defects);
  const relay = new OutboxRelay({ database, schema, publisher, canPublish: () => connection.ready, metrics, log });
  relay.start();
  return {
    checks: [brokerCheck(connection, 'publish')],
    publish: (messages: readonly OutgoingMessage[]) => relay.handOver(messages),
    close: async () => {
      await within(FLUSH_LIMIT_MS, relay.stop());
      await within(CLOSE_LIMIT_MS, publisher.close());
      await closeBroker(connection, CLOSE_LIMIT_MS);
    },
  };
}

async function openConsumers(service: Service, parts: MessagingParts, publish: Messaging['publish']): Promise<Side> {
  const { config, log } = parts;
  const { queues, handle } = service;
  if (!handle) throw new Error(`${config.service} consumes queues but handles nothing`);
  const connection = await openBroker(config, 'consume', log);
  const stopping = new AbortController();
  const shared = { ...parts, handle, publish, prefetch: config.prefetch, stopping: stopping.signal };
  const consumers = queues.map((queue) => ({ queue, consumer: startConsumer(connection, { ...shared, queue }) }));
  return {
    checks: [brokerCheck(connection, 'consume'), ...consumers.map((it) => consumerCheck(it.consumer, it.queue))],
    close: async () => {
      stopping.abort();
      await Promise.all(consumers.map((it) => within(CONSUMER_LIMIT_MS, it.consumer.close())));
      await closeBroker(connection, CLOSE_LIMIT_MS);
    },
  };
}
