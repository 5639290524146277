// The events between the contexts: where each is published, what it carries, and the check that a received one is well-formed.

import { Ajv, type ValidateFunction } from 'ajv';
import type { ContextExchange } from './topology.ts';

/** Money in cents. */
export interface LineItem {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceCents: number;
}

/** One line of text, or lines by name. */
export type ShippingAddress = string | { readonly [line: string]: unknown };

export interface EventBodies {
  readonly OrderPlaced: {
    readonly orderId: string;
    readonly customerId: string;
    readonly amountCents: number;
    readonly paymentMethodToken: string;
    readonly lineItems: readonly LineItem[];
  };
  readonly PaymentCaptured: {
    readonly orderId: string;
    readonly amountCents: number;
    readonly lineItems: readonly LineItem[];
  };
  readonly PaymentFailed: { readonly orderId: string; readonly reason: string };
  readonly RefundRequested: { readonly orderId: string; readonly amountCents: number; readonly reason: string };
  readonly ReservationCommitted: { readonly orderId: string };
  readonly ReservationFailed: { readonly orderId: string; readonly reason: string };
  readonly FulfillmentRequested: {
    readonly orderId: string;
    readonly lineItems: readonly LineItem[];
    readonly shippingAddress: ShippingAddress;
    readonly shippingMethod: string;
  };
  readonly ShipmentHandedToCarrier: { readonly orderId: string };
}

export type EventType = keyof EventBodies;

/** One event, told by its type. */
export type DomainEvent<Type extends EventType = EventType> = Type extends EventType
  ? { readonly type: Type; readonly body: EventBodies[Type] }
  : never;

export const routes: { readonly [Type in EventType]: { exchange: ContextExchange; routingKey: string } } = {
  OrderPlaced: { exchange: 'orders', routingKey: 'order-placed' },
  PaymentCaptured: { exchange: 'payments', routingKey: 'payment-captured' },
  PaymentFailed: { exchange: 'payments', routingKey: 'payment-failed' },
  RefundRequested: { exchange: 'orders', routingKey: 'refund-requested' },
  ReservationCommitted: { exchange: 'inventory', routingKey: 'reservation-committed' },
  ReservationFailed: { exchange: 'inventory', routingKey: 'reservation-failed' },
  FulfillmentRequested: { exchange: 'orders', routingKey: 'fulfillment-requested' },
  ShipmentHandedToCarrier: { exchange: 'fulfillment', routingKey: 'shipment-handed-to-carrier' },
};

const text = { type: 'string', minLength: 1 } as const;
const uuid = { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' } as const;
const cents = { type: 'integer', minimum: 0 } as const;
const lineItem = {
  type: 'object',
  required: ['sku', 'quantity', 'unitPriceCents'],
  properties: { sku: text, quantity: { type: 'integer', minimum: 1 }, unitPriceCents: cents },
} as const;
const lineItems = { type: 'array', minItems: 1, items: lineItem } as const;

const bodyProperties: { readonly [Type in EventType]: Readonly<Record<keyof EventBodies[Type], object>> } = {
  OrderPlaced: { orderId: uuid, customerId: uuid, amountCents: cents, paymentMethodToken: text, lineItems },
  PaymentCaptured: { orderId: uuid, amountCents: cents, lineItems },
  PaymentFailed: { orderId: uuid, reason: text },
  RefundRequested: { orderId: uuid, amountCents: cents, reason: text },
  ReservationCommitted: { orderId: uuid },
  ReservationFailed: { orderId: uuid, reason: text },
  FulfillmentRequested: {
    orderId: uuid,
    lineItems,
    shippingAddress: { type: ['string', 'object'] },
    shippingMethod: text,
  },
  ShipmentHandedToCarrier: { orderId: uuid },
};

const ajv = new Ajv({ allowUnionTypes: true });
const validators = new Map<string, ValidateFunction>(
  Object.entries(bodyProperties).map(([type, properties]) => [
    type,
    ajv.compile({ type: 'object', required: Object.keys(properties), properties }),
  ]),
);

/** Turns a received type and body into an event. A tolerant reader: further properties pass. Throws when it is none of ours. */
export function parseEvent(type: string | undefined, body: unknown): DomainEvent {
  const validate = validators.get(type ?? '');
  if (!validate) throw new Error(`unknown event type ${JSON.stringify(type)}`);
  if (!validate(body)) throw new Error(`malformed ${type}: ${ajv.errorsText(validate.errors)}`);
  return { type, body } as DomainEvent;
}
