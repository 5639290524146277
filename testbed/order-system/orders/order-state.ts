// The life of an order as a state machine that only goes forward: repeated, late and early events are harmless.

import type { EventType } from '../messages.ts';

/** The way of an order that goes well. */
const PATH = [
  'Placed',
  'PendingPayment',
  'PaymentConfirmed',
  'InventoryReserved',
  'InventoryCommitted',
  'Fulfilling',
  'Shipped',
] as const;

export type PathState = (typeof PATH)[number];
export type OrderState = PathState | 'PaymentFailed' | 'OutOfStock';

/** A failure leaves the path after the state that it needs to have reached, and only from there. */
const FAILS_AFTER = { PaymentFailed: 'PendingPayment', OutOfStock: 'PaymentConfirmed' } as const;

/** Where an event of the other contexts takes the order. Inventory reserves and commits in one step. */
export const targetOf: { readonly [Type in EventType]?: OrderState } = {
  PaymentCaptured: 'PaymentConfirmed',
  PaymentFailed: 'PaymentFailed',
  ReservationCommitted: 'Fulfilling',
  ReservationFailed: 'OutOfStock',
  ShipmentHandedToCarrier: 'Shipped',
};

/**
 * The states that lie between, in order, the target last. An event may overtake another, so the states in between are
 * passed too. Empty when the target lies behind, or the order has failed, or can't fail that way any more.
 */
export function statesTo(target: OrderState, current: OrderState): readonly OrderState[] {
  const at = PATH.indexOf(current as PathState);
  if (at === -1) return [];
  if (target === 'PaymentFailed' || target === 'OutOfStock') {
    const leavesAt = PATH.indexOf(FAILS_AFTER[target]);
    return at > leavesAt ? [] : [...PATH.slice(at + 1, leavesAt + 1), target];
  }
  return PATH.slice(at + 1, PATH.indexOf(target) + 1);
}
