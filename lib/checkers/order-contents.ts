// Whether an order that is read back is the order that was placed: the same customer's, and of the same pieces.

import { type Checker, listed } from './checker.ts';
import type { FinalRead, OrderRecord } from './evidence.ts';
import { some } from './wording.ts';

export const orderContents: Checker = ({ history, finalReads }) => {
  const common = { id: 'order-contents', kind: 'integrity' as const, promised: false };
  const compared = Array.from(history.orders.values()).flatMap((order) => {
    const read = finalReads?.reads.get(order.key);
    return read !== undefined && isComparable(order, read) ? [{ order, read }] : [];
  });
  const samples = compared.length;
  if (samples === 0) {
    const message = 'not measured: no read of an order told whose it is or what it is of';
    return [{ ...common, status: 'not-measured', message }];
  }
  const changed = compared.flatMap(({ order, read }) => differences(order, read));
  if (changed.length > 0) {
    const message = `${some(changed.length, 'order')} of ${samples} read back with another customer or other pieces`;
    return [{ ...common, status: 'fail', message, samples, evidence: { changed: listed(changed) } }];
  }
  const message = `${some(samples, 'order')} read back with the customer and the pieces that were ordered`;
  return [{ ...common, status: 'pass', message, samples }];
};

function isComparable(order: OrderRecord, read: FinalRead): boolean {
  return read.present && (read.customer !== 'unsaid' || (read.items !== null && hasKnownItems(order)));
}

/** Not where an item may or may not have been added, nor where the history does not tell of any. */
function hasKnownItems({ contentCertain, items }: OrderRecord): boolean {
  return contentCertain && items !== '';
}

function differences(order: OrderRecord, { customer, items }: FinalRead) {
  const otherItems = items !== null && hasKnownItems(order) && items !== order.items;
  if (customer !== 'other' && !otherItems) return [];
  return [{ key: order.key, orderId: order.orderId, customer, ordered: order.items, read: items }];
}
