// What the suite must read back: the orders that the load began, as the history tells them.

import type { OrderRecord } from '../lib/checkers/evidence.ts';

export interface KnownOrder {
  readonly key: string;
  readonly stage: string;
  /** The platform's id, when any answer told it. */
  readonly orderId: string | null;
  /** The platform said that it took the order: it must be there, and come to rest. */
  readonly acknowledged: boolean;
  /** Nobody knows whether the platform took it: if it is there, it must come to rest as well. */
  readonly unknown: boolean;
}

export function knownOrder({ key, stage, orderId, submission }: OrderRecord): KnownOrder {
  return { key, stage, orderId, acknowledged: submission === 'acknowledged', unknown: submission === 'unknown' };
}
