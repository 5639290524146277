// Whether one order is one order: no two acknowledged orders share the platform's id.

import { type Checker, listed } from './checker.ts';
import type { OrderRecord } from './evidence.ts';
import { some } from './wording.ts';

export const orderIds: Checker = ({ history }) => {
  const told = Array.from(history.orders.values()).filter(
    (order) => order.submission === 'acknowledged' && order.orderId !== null,
  );
  const common = { id: 'order-ids', kind: 'integrity' as const, promised: false, samples: told.length };
  if (told.length === 0) {
    return [{ ...common, status: 'inconclusive', message: 'no acknowledged order was told an id' }];
  }
  const shared = sharingAnId(told);
  if (shared.length === 0) {
    const message = `${some(told.length, 'acknowledged order')}, each with an id of its own`;
    return [{ ...common, status: 'pass', message }];
  }
  const ids = shared.map(({ key, orderId }) => ({ key, orderId }));
  const message = `${some(shared.length, 'order')} acknowledged under the id of another one`;
  return [{ ...common, status: 'fail', message, evidence: { shared: listed(ids) } }];
};

/** All but the first order of each id. */
function sharingAnId(orders: readonly OrderRecord[]): readonly OrderRecord[] {
  const seen = new Set<string | null>();
  return orders.filter(({ orderId }) => {
    const taken = seen.has(orderId);
    seen.add(orderId);
    return taken;
  });
}
