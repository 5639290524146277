// The figures of one service for Prometheus: process defaults, HTTP, messages consumed and published.

import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface ServiceMetrics {
  readonly registry: Registry;
  readonly http: Histogram<'method' | 'route' | 'status'>;
  readonly handled: Histogram<'queue' | 'type' | 'outcome'>;
  readonly published: Counter<'outcome'>;
  readonly retries: Counter<'where'>;
}

const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(service: string): ServiceMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    http: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS_SECONDS,
      registers,
    }),
    handled: new Histogram({
      name: 'message_handling_duration_seconds',
      help: 'Time from the delivery of a message to its ack or nack; outcome is done or failed',
      labelNames: ['queue', 'type', 'outcome'],
      buckets: BUCKETS_SECONDS,
      registers,
    }),
    published: new Counter({
      name: 'messages_published_total',
      help: 'Messages sent by the outbox relay; outcome is taken, returned or unknown',
      labelNames: ['outcome'],
      registers,
    }),
    retries: new Counter({
      name: 'transient_failures_total',
      help: 'Failures of the database that were tried again',
      labelNames: ['where'],
      registers,
    }),
  };
}
