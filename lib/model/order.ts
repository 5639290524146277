// The life of an order: the platform's states, and the fates that a run can end in. States: docs/contract.md; fates: docs/adr/0003-fates.md.

export type Progress = 'open' | 'completed' | 'failed' | 'unrecognised';

/**
 * What a state word means for the order. A word that the contract does not know is `unrecognised`, never guessed. Written as code, not
 * as lists: each of a thousand virtual users in k6 would keep these.
 */
export function progressOf(state: string): Progress {
  switch (state) {
    // Payment captured and stock committed.
    case 'Fulfilling':
    case 'Shipped':
    case 'Delivered':
    case 'Closed':
      return 'completed';
    // The platform itself reports that the order failed.
    case 'PaymentFailed':
    case 'OutOfStock':
    case 'OnHold':
    case 'Cancelled':
    case 'DeliveryFailed':
    case 'Backordered':
      return 'failed';
    // On the way; an order that stays in one of these is stuck.
    case 'Placed':
    case 'PendingPayment':
    case 'PaymentConfirmed':
    case 'InventoryReserved':
    case 'InventoryCommitted':
      return 'open';
    default:
      return 'unrecognised';
  }
}

/** An order is final when it is complete or has failed: polling ends here. */
export function isFinal(state: string): boolean {
  const progress = progressOf(state);
  return progress === 'completed' || progress === 'failed';
}

/** Fates of orders that the platform acknowledged: exactly one each. */
export type AcknowledgedFate = 'completed' | 'failed' | 'stuck' | 'lost' | 'unread';

/**
 * Every begun order has exactly one fate.
 * Acknowledged: `completed` | `failed` | `stuck` (not final in time) | `lost` (absent, or fallen back) | `unread` (the final read gave no answer).
 * Submitted with unknown outcome: `recovered` (it is there) | `never` (it is not; allowed) | `unknown` (could not be read).
 * Certainly refused: `refused` (and absent) | `contradicted` (refused, but there).
 * Never submitted, because an earlier step failed or was cut: `unsubmitted`.
 */
export type Fate = AcknowledgedFate | 'recovered' | 'never' | 'unknown' | 'refused' | 'contradicted' | 'unsubmitted';

export const FATES: readonly Fate[] = [
  'completed',
  'failed',
  'stuck',
  'lost',
  'unread',
  'recovered',
  'never',
  'unknown',
  'refused',
  'contradicted',
  'unsubmitted',
];

/** The business effects of one order; a completed order needs exactly one of each. */
export const EFFECT_KINDS = ['payment', 'stock-commitment', 'fulfilment-request'] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];
