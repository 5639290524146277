// What a test says about one order: what its shopper saw, and what the platform says of it in the end. What is not said went well.

import type { Outcome } from '../../model/history.ts';
import type { EffectKind } from '../../model/order.ts';

export interface OrderScript {
  readonly stage?: string;
  /** When the shopper began, after the start of the history. */
  readonly atMs?: number;
  readonly stepMs?: number;
  /** How the step before the submit ended. */
  readonly checkout?: Outcome | 'open';
  readonly submit?: Outcome | 'open' | 'none';
  readonly resubmit?: Outcome | 'open';
  /** The order id that the resubmit answered, when it was another one. */
  readonly resubmitOrderId?: string;
  readonly await?: 'done' | 'open' | 'none';
  /** From the submit to the first final read; `null` when polling never saw one. */
  readonly completionMs?: number | null;
  /** The last state that polling saw. */
  readonly sees?: string;
  /** What the final read over HTTP tells: a state, or one of the three below. */
  readonly finalRead?: string | typeof ABSENT | typeof UNANSWERED | typeof NOT_ASKED;
  /** How long after the start of the history the final read came. */
  readonly finalReadAtMs?: number;
  /** The state in the platform's own store, or ABSENT. */
  readonly row?: string | typeof ABSENT;
  /** Whose order the final read says it is, and of what; the order's own when the test does not say. */
  readonly readCustomer?: string;
  readonly readItems?: string;
  /** The id that the platform's store has for it, when it is not the one that was told. */
  readonly storedId?: string;
  /** How many rows the order has there. */
  readonly rows?: number;
  /** One of each for an order whose row is completed, none for any other. */
  readonly effects?: Partial<Record<EffectKind, number>>;
  readonly quantity?: number;
}

export const ABSENT = { says: 'absent' } as const;
export const UNANSWERED = { says: 'unanswered' } as const;
export const NOT_ASKED = { says: 'not-asked' } as const;

/** What every piece costs. */
export const PRICE_CENTS = 250;

/** The platform's id of an order. */
export function idOf(key: string): string {
  return `id-of-${key}`;
}

/** Whether the shopper came as far as submitting the order. */
export function isSubmitted({ checkout = 'ok', submit = 'ok' }: OrderScript): boolean {
  return checkout === 'ok' && submit !== 'none';
}

/** What the final read tells when the test does not say: an order that was taken is as polling saw it, others are absent. */
export function finalReadOf(script: OrderScript): NonNullable<OrderScript['finalRead']> {
  if (script.finalRead !== undefined) return script.finalRead;
  return isSubmitted(script) && script.submit !== 'fail' ? (script.sees ?? 'Fulfilling') : ABSENT;
}
