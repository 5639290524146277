// Tests of what counts as a well-formed event.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseEvent, routes } from './messages.ts';
import { queues } from './topology.ts';

const orderId = randomUUID();
const captured = { orderId, amountCents: 100, lineItems: [{ sku: 'SKU-001', quantity: 1, unitPriceCents: 100 }] };

test('a well-formed event is taken as it is', () => {
  expect(parseEvent('PaymentCaptured', captured)).toEqual({ type: 'PaymentCaptured', body: captured });
});

test('properties that a newer publisher adds are no reason to refuse', () => {
  expect(parseEvent('ReservationCommitted', { orderId, warehouse: 'B' }).type).toBe('ReservationCommitted');
});

test.each([
  ['without a type', undefined, captured],
  ['of an unknown type', 'PaymentSettled', captured],
  ['without an order id', 'PaymentCaptured', { ...captured, orderId: undefined }],
  ['with an order id that is no UUID', 'PaymentCaptured', { ...captured, orderId: '17' }],
  ['with fractions of a cent', 'PaymentCaptured', { ...captured, amountCents: 0.5 }],
  ['without line items', 'PaymentCaptured', { ...captured, lineItems: [] }],
  ['that is not JSON', 'PaymentCaptured', Buffer.from('{')],
])('an event %s is refused', (_, type, body) => {
  expect(() => parseEvent(type, body)).toThrow();
});

test('every event has a queue that is bound to its route', () => {
  const bindings = queues.flatMap((queue) => queue.bindings);
  for (const route of Object.values(routes)) expect(bindings).toContainEqual(route);
});
