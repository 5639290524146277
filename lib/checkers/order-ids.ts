// Whether one order is one order under one name: no two acknowledged orders share an id, and the platform's store knows each by the id that was told.

import type { Finding } from '../model/finding.ts';
import { type Checker, listed } from './checker.ts';
import type { Evidence, OrderRecord } from './evidence.ts';
import { some } from './wording.ts';

export const orderIds: Checker = (evidence) => {
  const told = Array.from(evidence.history.orders.values()).filter(
    (order) => order.submission === 'acknowledged' && order.orderId !== null,
  );
  const common = { id: 'order-ids', kind: 'integrity' as const, promised: false, samples: told.length };
  if (told.length === 0) {
    return [{ ...common, status: 'inconclusive', message: 'no acknowledged order was told an id' }];
  }
  const wrong = [sharedIds(told), storedElsewhere(told, evidence)].filter((finding) => finding !== null);
  if (wrong.length > 0) return wrong.map((finding) => ({ ...common, status: 'fail', ...finding }));
  const message = `${some(told.length, 'acknowledged order')}, each with an id of its own`;
  return [{ ...common, status: 'pass', message }];
};

type Wrong = Pick<Finding, 'message' | 'evidence'>;

function sharedIds(told: readonly OrderRecord[]): Wrong | null {
  const shared = sharingAnId(told).map(({ key, orderId }) => ({ key, orderId }));
  if (shared.length === 0) return null;
  const message = `${some(shared.length, 'order')} acknowledged under the id of another one`;
  return { message, evidence: { shared: listed(shared) } };
}

/** All but the first order of each id. */
function sharingAnId(orders: readonly OrderRecord[]): readonly OrderRecord[] {
  const seen = new Set<string | null>();
  return orders.filter(({ orderId }) => {
    const taken = seen.has(orderId);
    seen.add(orderId);
    return taken;
  });
}

function storedElsewhere(told: readonly OrderRecord[], { platform }: Evidence): Wrong | null {
  const elsewhere = told.flatMap(({ key, orderId }) => {
    const storedId = platform?.orders?.get(key)?.otherId ?? null;
    return storedId === null ? [] : [{ key, orderId, storedId }];
  });
  if (elsewhere.length === 0) return null;
  const message = `${some(elsewhere.length, 'order')} stored under another id than the client was told`;
  return { message, evidence: { elsewhere: listed(elsewhere) } };
}
