// The wait between the end of the load and the final reads: until every order is at rest, or the stuck bound.

import { setTimeout as pause } from 'node:timers/promises';
import { EFFECT_KINDS, isFinal, progressOf } from '../lib/model/order.ts';
import type { Settle } from '../lib/model/run.ts';
import { inParallel } from './in-parallel.ts';
import type { KnownOrder } from './known-orders.ts';
import type { OrderReader } from './order-reader.ts';
import type { PlatformStore } from './platform-store.ts';

const LOOK_AGAIN_MS = 500;
const READERS = 16;

/** Says which of the given orders have not come to rest yet; ends early when the signal is aborted. */
export type Unsettled = (orders: readonly KnownOrder[], signal: AbortSignal) => Promise<KnownOrder[]>;

export interface SettleOptions {
  /** Aborted when the wait is over, whatever has been seen: at the stuck bound, or when a person wants to go on. */
  readonly signal: AbortSignal;
  readonly stuckAfterMs: number;
  readonly nowMs: () => number;
  /** Called after every look with the number of orders that are not at rest. */
  readonly onLook: (open: number) => void;
  readonly lookAgainMs?: number;
}

/**
 * Waits until no submitted order is unsettled. An acknowledged one must be there and at rest; one with unknown outcome must be at rest
 * if it is there. A look that fails is no reason to stop waiting: the platform may be on its way back.
 */
export async function settle(
  orders: readonly KnownOrder[],
  unsettled: Unsettled,
  { signal, stuckAfterMs, nowMs, onLook, lookAgainMs = LOOK_AGAIN_MS }: SettleOptions,
): Promise<Settle> {
  const startedMs = nowMs();
  let open = orders.filter((order) => order.acknowledged || order.unknown);
  while (open.length > 0 && !signal.aborted) {
    open = await unsettled(open, signal).catch(() => open);
    onLook(open.length);
    if (open.length > 0) await pause(lookAgainMs, undefined, { signal }).catch(() => undefined);
  }
  return { startedMs, endedMs: nowMs(), stuckAfterMs, allFinal: open.length === 0 };
}

/** Looks through the platform's store: final, and if completed, with one effect of each kind at least. */
export function unsettledInStore(store: PlatformStore): Unsettled {
  return async (orders) => {
    const { orders: rows, effects } = await store.read(orders.map((order) => order.key));
    const kinds = new Map<string, Set<string>>();
    for (const { orderId, kind } of effects) kinds.set(orderId, (kinds.get(orderId) ?? new Set()).add(kind));
    const present = new Map(rows.map((row) => [row.customerId, atRest(row.status, kinds.get(row.orderId))]));
    return orders.filter((order) => !(present.get(order.key) ?? order.unknown));
  };
}

function atRest(status: string, kinds: ReadonlySet<string> | undefined): boolean {
  return progressOf(status) === 'completed' ? EFFECT_KINDS.every((kind) => kinds?.has(kind)) : isFinal(status);
}

/** Looks at each order over HTTP, for targets without queries. */
export function unsettledOverHttp(reader: OrderReader): Unsettled {
  return async (orders, signal) => {
    const open: KnownOrder[] = [];
    await inParallel(orders, READERS, async (order) => {
      if (!(await settledOverHttp(order, reader, signal))) open.push(order);
    });
    return open;
  };
}

/** An order without an id cannot be asked for, so there is nothing to wait for. */
async function settledOverHttp(order: KnownOrder, reader: OrderReader, signal: AbortSignal): Promise<boolean> {
  if (order.orderId === null) return true;
  if (signal.aborted) return false;
  const reading = await reader.read(order.orderId, signal);
  return reading.kind === 'present' ? isFinal(reading.state) : reading.kind === 'absent' && order.unknown;
}
