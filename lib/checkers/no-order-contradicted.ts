// No order is there that the platform had refused, or that was never submitted.

import { type Checker, listed } from './checker.ts';
import { countFates, fatesOf, type OrderFate } from './fates.ts';
import { some } from './wording.ts';

export const noOrderContradicted: Checker = (evidence) => {
  const fates = fatesOf(evidence);
  const contradicted = fates.filter(({ fate }) => fate === 'contradicted');
  const unreadRefused = fates.filter(({ order, fate }) => order.submission === 'refused' && fate === 'unknown');
  const common = { id: 'no-order-contradicted', kind: 'integrity' as const, promised: true, samples: fates.length };
  if (contradicted.length > 0) {
    const ids = contradicted.map(({ order, sight }) => ({
      key: order.key,
      orderId: order.orderId,
      submission: order.submission,
      states: sight.states,
    }));
    const message = `${some(contradicted.length, 'order')} there that were refused or never submitted`;
    return [{ ...common, status: 'fail', message, evidence: { contradicted: listed(ids) } }];
  }
  if (fates.length === 0) return [{ ...common, status: 'inconclusive', message: 'no order was begun' }];
  if (unreadRefused.length > 0) {
    const message = `${some(unreadRefused.length, 'refused order')} could not be read back`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  return [{ ...common, status: 'pass', message: sayAbsent(fates) }];
};

/** Orders that were never submitted have no id to be read by: without queries nobody can look for them. */
function sayAbsent(fates: readonly OrderFate[]): string {
  const counts = countFates(fates);
  const unread = fates.filter(({ fate, sight }) => fate === 'unsubmitted' && sight.presence === 'unread').length;
  const looked = `none of ${counts.refused} refused and ${counts.unsubmitted - unread} never submitted orders is there`;
  return unread === 0 ? looked : `${looked}; ${unread} more that were never submitted could not be looked for`;
}
