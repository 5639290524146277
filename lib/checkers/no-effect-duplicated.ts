// S1-DUP: no order's business effect happened more than once, and no order became two.

import type { Finding } from '../model/finding.ts';
import { type Checker, type Held, heldTo, listed } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { ordersWithEffects } from './orders-with-effects.ts';
import { count, some } from './wording.ts';

/** Judged whether promised or not, and without any bound: a duplicated payment is never in order. */
export const noEffectDuplicated: Checker = (evidence, bounds) =>
  heldTo('orders_duplicated', bounds, evidence.run, { id: 'no-effect-duplicated', promised: false }).map((held) =>
    judge(evidence, held),
  );

/** What was duplicated, by order. */
export type Duplicate = {
  readonly key: string;
  readonly orderId: string | null;
  /** Kinds of effects that happened more than once, with their counts; `order` when the order itself became several. */
  readonly times: Readonly<Record<string, number>>;
};

export function duplicatesOf(evidence: Evidence): readonly Duplicate[] {
  const orders = evidence.platform?.orders;
  return Array.from(evidence.history.orders.values()).flatMap((order) => {
    const { rows, effects } = orders?.get(order.key) ?? { rows: 0, effects: {} };
    const repeated = Object.entries(effects).filter(([, happened]) => happened > 1);
    const copies = Math.max(rows, order.secondOrderId === null ? 1 : 2);
    const times = { ...Object.fromEntries(repeated), ...(copies > 1 ? { order: copies } : {}) };
    return Object.keys(times).length === 0 ? [] : [{ key: order.key, orderId: order.orderId, times }];
  });
}

function judge(evidence: Evidence, held: Held): Finding {
  const duplicates = duplicatesOf(evidence);
  const strays = evidence.platform?.strayEffects ?? [];
  const known = ordersWithEffects(evidence);
  const common = {
    ...held,
    kind: 'integrity' as const,
    observed: duplicates.length,
    samples: known?.size ?? 0,
  };
  if (duplicates.length > 0) {
    const message = `${some(duplicates.length, 'order')} with an effect more than once (${kindsIn(duplicates)})`;
    return { ...common, status: 'fail', message, evidence: { duplicated: listed(duplicates) } };
  }
  if (known !== null && strays.length > 0) {
    const message = `effects under ${some(strays.length, 'order id')} that no order of the run has`;
    return { ...common, status: 'fail', message, evidence: { strays: listed(strays) } };
  }
  if (known === null) return { ...common, ...unread(evidence) };
  if (known.size === 0) return { ...common, status: 'inconclusive', message: 'no order is there to have effects' };
  const resubmits = Array.from(evidence.history.orders.values()).reduce((sum, order) => sum + order.resubmits, 0);
  const message = `no effect of ${some(known.size, 'order')} happened twice; ${some(resubmits, 'resubmit')} among them`;
  return { ...common, status: 'pass', message };
}

/** Not measured where the target gives no means, inconclusive where it did and they failed. */
function unread({ run }: Evidence): Pick<Finding, 'status' | 'message' | 'observed' | 'samples'> {
  const given = run.target.capabilities.includes('effects');
  return given
    ? { status: 'inconclusive', message: 'effects could not be read' }
    : { status: 'not-measured', message: 'effects not measured: the target has no effects query' };
}

function kindsIn(duplicates: readonly Duplicate[]): string {
  const kinds = Map.groupBy(
    duplicates.flatMap(({ times }) => Object.keys(times)),
    (kind) => kind,
  );
  return Array.from(kinds, ([kind, all]) => `${count(all.length)} ${kind}`).join(', ');
}
