// The wait between the end of the load and the final reads: until every acknowledged order is final and has its effects, or the stuck bound.

import { setTimeout as pause } from 'node:timers/promises';
import { COMPLETED_STATES, EFFECT_KINDS, isFinal } from '../lib/model/order.ts';
import type { Settle } from '../lib/model/run.ts';
import { inParallel } from './in-parallel.ts';
import type { KnownOrder } from './known-orders.ts';
import type { OrderReader } from './order-reader.ts';
import type { PlatformStore } from './platform-store.ts';

const LOOK_AGAIN_MS = 500;
const READERS = 16;

/** Says which of the given orders have not come to rest yet. */
export type Unsettled = (orders: readonly KnownOrder[]) => Promise<KnownOrder[]>;

/**
 * Waits until no acknowledged order is unsettled or `stuckAfterMs` has passed since `startedMs`. A look that fails is
 * no reason to stop waiting: the platform may be on its way back.
 */
export async function settle(
  orders: readonly KnownOrder[],
  unsettled: Unsettled,
  options: {
    startedMs: number;
    stuckAfterMs: number;
    nowMs: () => number;
    signal: AbortSignal;
    onLook: (open: number) => void;
  },
): Promise<Settle> {
  const { startedMs, stuckAfterMs, nowMs, signal } = options;
  let open = orders.filter((order) => order.acknowledged);
  while (open.length > 0 && !signal.aborted) {
    open = await unsettled(open).catch(() => open);
    options.onLook(open.length);
    if (open.length === 0 || nowMs() - startedMs >= stuckAfterMs) break;
    await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return { startedMs, endedMs: nowMs(), stuckAfterMs, allFinal: open.length === 0 };
}

/** Looks through the platform's store: final, and if completed, with one effect of each kind at least. */
export function unsettledInStore(store: PlatformStore): Unsettled {
  return async (orders) => {
    const keys = orders.map((order) => order.key);
    const [rows, effects] = [await store.orders(keys), await store.effects(keys)];
    const kinds = new Map<string, Set<string>>();
    for (const { orderId, kind } of effects) kinds.set(orderId, (kinds.get(orderId) ?? new Set()).add(kind));
    const settled = new Set(rows.filter((row) => atRest(row, kinds.get(row.orderId))).map((row) => row.customerId));
    return orders.filter((order) => !settled.has(order.key));
  };
}

function atRest(row: { status: string }, kinds: ReadonlySet<string> | undefined): boolean {
  if (!(COMPLETED_STATES as readonly string[]).includes(row.status)) return isFinal(row.status);
  return EFFECT_KINDS.every((kind) => kinds?.has(kind));
}

/** Looks at each order over HTTP, for targets without queries. */
export function unsettledOverHttp(reader: OrderReader): Unsettled {
  return async (orders) => {
    const open: KnownOrder[] = [];
    await inParallel(orders, READERS, async (order) => {
      if (order.orderId === null) return;
      const reading = await reader.read(order.orderId);
      if (reading.kind !== 'present' || !isFinal(reading.state)) open.push(order);
    });
    return open;
  };
}
