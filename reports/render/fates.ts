// Puts the fates of all orders into two lines that add up.

import { count } from '../../lib/checkers/wording.ts';
import type { Fate } from '../../lib/model/order.ts';
import type { Verdict } from '../../lib/model/verdict.ts';

/** `433 begun, 430 acknowledged = 430 completed + 0 failed + …`, and what became of all others. */
export function fateLines({ orders }: Pick<Verdict, 'orders'>): readonly [string, string] {
  const of = (fate: Fate): string => `${count(orders.fates[fate])} ${fate}`;
  const acknowledged = (['completed', 'failed', 'stuck', 'lost', 'unread'] as const).map(of).join(' + ');
  const unknown = (['recovered', 'never', 'unknown'] as const).map(of).join(', ');
  const others = (['refused', 'contradicted', 'unsubmitted'] as const).map(of).join(', ');
  return [
    `${count(orders.begun)} begun, ${count(orders.acknowledged)} acknowledged = ${acknowledged}`,
    `outcome unknown at first: ${unknown}; ${others}; ${count(orders.duplicated)} doubled`,
  ];
}
