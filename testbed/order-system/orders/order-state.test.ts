// Tests of the order's state machine: every order of events, repeated or overtaking, must end alike.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventType } from '../messages.ts';
import { type OrderState, statesTo, targetOf } from './order-state.ts';

/** The states that an order passes while these events arrive. */
function passed(events: readonly EventType[]): readonly OrderState[] {
  const states: OrderState[] = ['Placed', 'PendingPayment'];
  for (const event of events) {
    const target = targetOf[event];
    if (target) states.push(...statesTo(target, states.at(-1) ?? 'Placed'));
  }
  return states;
}

test('the way of an order that goes well', () => {
  expect(passed(['PaymentCaptured', 'ReservationCommitted', 'ShipmentHandedToCarrier'])).toEqual([
    ...['Placed', 'PendingPayment', 'PaymentConfirmed'],
    ...['InventoryReserved', 'InventoryCommitted', 'Fulfilling', 'Shipped'],
  ]);
});

test('a declined card ends the order', () => {
  expect(passed(['PaymentFailed', 'PaymentCaptured', 'ReservationCommitted']).at(-1)).toBe('PaymentFailed');
});

test('an order that is out of stock has been paid before, whichever event arrives first', () => {
  const expected = ['Placed', 'PendingPayment', 'PaymentConfirmed', 'OutOfStock'];
  expect(passed(['PaymentCaptured', 'ReservationFailed'])).toEqual(expected);
  expect(passed(['ReservationFailed', 'PaymentCaptured'])).toEqual(expected);
});

test('an order can no longer fail when its stock is committed, nor for its payment when it is paid', () => {
  expect(statesTo('OutOfStock', 'Fulfilling')).toEqual([]);
  expect(statesTo('PaymentFailed', 'PaymentConfirmed')).toEqual([]);
});

test('in any order and however often, the same events lead to the same states, each entered once', () => {
  const wellEvents: EventType[] = ['PaymentCaptured', 'ReservationCommitted', 'ShipmentHandedToCarrier'];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(wellEvents, { minLength: 3 }),
      fc.array(fc.constantFrom(...wellEvents)),
      (all, more) => {
        expect(passed([...all, ...more])).toEqual(passed(wellEvents));
      },
    ),
  );
});

test('no event takes an order back', () => {
  const events = Object.keys(targetOf) as EventType[];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events)), (some) => {
      const states = passed(some);
      expect(new Set(states).size).toBe(states.length);
    }),
  );
});
