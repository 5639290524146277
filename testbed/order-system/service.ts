// What a context says about itself, so that main.ts can run it: its schema, its queues, its handler and its routes.

import type { FastifyInstance } from 'fastify';
import type { ServiceConfig, ServiceName } from './config.ts';
import type { Defects } from './defects.ts';
import { createFulfillment } from './fulfillment/fulfillment.ts';
import { createInventory } from './inventory/inventory.ts';
import { createOrdersApi } from './orders/api.ts';
import { createOrdersSaga } from './orders/saga.ts';
import { createPayments } from './payments/payments.ts';
import type { EventHandler } from './platform/consumer.ts';
import type { Database } from './platform/database.ts';
import type { OutgoingMessage } from './platform/publisher.ts';
import { createShopping } from './shopping/shopping.ts';

export interface Service {
  /** Schema of its context; no other schema is touched. */
  readonly schema: string;
  /** Queues that `handle` consumes. */
  readonly queues: readonly string[];
  readonly handle?: EventHandler;
  /** Whether its transactions keep events in the outbox. */
  readonly publishes: boolean;
  readonly routes?: (app: FastifyInstance) => void;
  /** Releases what the service itself has opened. */
  readonly close?: () => Promise<void>;
}

export interface ServiceParts {
  readonly config: ServiceConfig;
  readonly database: Database;
  readonly defects: Defects;
  /** Takes messages that a transaction outside a consumer has just committed to the outbox. */
  readonly publish: (messages: readonly OutgoingMessage[]) => void;
}

export const createService: Readonly<Record<ServiceName, (parts: ServiceParts) => Service>> = {
  shopping: createShopping,
  'orders-api': createOrdersApi,
  'orders-saga': createOrdersSaga,
  inventory: createInventory,
  payments: createPayments,
  fulfillment: createFulfillment,
};
