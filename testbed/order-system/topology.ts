// The broker's exchanges, queues and bindings as data. Declared once, by migrate.ts; the services only use them.

import type { Defects } from './defects.ts';

export interface Queue {
  readonly name: string;
  readonly deadLetterQueue: string;
  /** Where its messages come from. None: nobody publishes for it yet. */
  readonly bindings: readonly { readonly exchange: string; readonly routingKey: string }[];
}

/** One durable topic exchange per context. */
export const contextExchanges = ['shopping', 'orders', 'inventory', 'payments', 'fulfillment'] as const;
export type ContextExchange = (typeof contextExchanges)[number];

/**
 * Alternate exchange of every context. It has no queue by itself, so that a publisher who asks (`mandatory`) still learns
 * that nobody took the message; an operator may bind one there to take charge of such messages.
 */
export const UNROUTABLE_EXCHANGE = 'unroutable';
export const DEAD_LETTER_EXCHANGE = 'dead-letters';

/** Deliveries after which a message is dead-lettered; enough for several failovers, few enough for a poison message. */
export const DELIVERY_LIMIT = 10;

/** One queue per consumer. */
export const queues: readonly Queue[] = [
  {
    name: 'orders',
    deadLetterQueue: 'orders.dead-letter',
    bindings: [
      { exchange: 'payments', routingKey: 'payment-captured' },
      { exchange: 'payments', routingKey: 'payment-failed' },
      { exchange: 'inventory', routingKey: 'reservation-committed' },
      { exchange: 'inventory', routingKey: 'reservation-failed' },
    ],
  },
  {
    name: 'inventory',
    deadLetterQueue: 'inventory.dead-letter',
    bindings: [{ exchange: 'payments', routingKey: 'payment-captured' }],
  },
  {
    name: 'payments',
    deadLetterQueue: 'payments.dead-letter',
    bindings: [
      { exchange: 'orders', routingKey: 'order-placed' },
      { exchange: 'orders', routingKey: 'refund-requested' },
    ],
  },
  {
    name: 'fulfillment-requests',
    deadLetterQueue: 'fulfillment.dead-letter',
    bindings: [{ exchange: 'orders', routingKey: 'fulfillment-requested' }],
  },
  {
    name: 'orders-fulfillment-events',
    deadLetterQueue: 'orders.dead-letter',
    bindings: [{ exchange: 'fulfillment', routingKey: 'shipment-handed-to-carrier' }],
  },
  // Waits for the storefront: bound without a consumer it would only grow.
  { name: 'storefront-notifications', deadLetterQueue: 'orders.dead-letter', bindings: [] },
];

export const deadLetterQueues: readonly string[] = [...new Set(queues.map((queue) => queue.deadLetterQueue))];

/** Replicated to three nodes, leaders spread over the cluster. */
const replicated = {
  'x-queue-type': 'quorum',
  'x-quorum-initial-group-size': 3,
  'x-queue-leader-locator': 'balanced',
} as const;

export const deadLetterQueueArguments = replicated;

/** At-least-once dead-lettering keeps a message until its dead-letter queue has confirmed it; it needs `reject-publish`. */
export function queueArguments(queue: Queue): Readonly<Record<string, string | number>> {
  return {
    ...replicated,
    'x-delivery-limit': DELIVERY_LIMIT,
    'x-dead-letter-exchange': DEAD_LETTER_EXCHANGE,
    'x-dead-letter-routing-key': queue.deadLetterQueue,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  };
}

/** Where the defect is planted, the migration leaves the queue to its consumer; one that has none stays as it is. */
export function isDeclaredByConsumer({ name, bindings }: Queue, defects: Defects): boolean {
  return bindings.length > 0 && defects.hits('classic-transient-queue', name);
}

/** Of a queue that lives on one node and is gone with it; for the planted defect alone. */
export function transientQueueArguments(queue: Queue): Readonly<Record<string, string | number>> {
  return {
    'x-queue-type': 'classic',
    'x-dead-letter-exchange': DEAD_LETTER_EXCHANGE,
    'x-dead-letter-routing-key': queue.deadLetterQueue,
  };
}
