// What an order contains and how its shopper behaves: a pure function of (seed, order number), so that a run can be repeated.

import type { OrderContent } from '../model/history.ts';
import type { ThinkTime } from '../model/profile.ts';
import { Draws } from './draws.ts';

/** Number of stock-keeping units that the workload buys: SKU-001 … SKU-050. */
const SKU_COUNT = 50;
/**
 * Namespace of the client-made ids; any 16 bytes do. These are text, so that namespace and name can be hashed as one string:
 * putting bytes together costs a script forty times as much.
 */
const ID_NAMESPACE = 'stampede/orders/';

export interface OrderPlan {
  readonly content: OrderContent;
  /** True for the few orders that are submitted twice. */
  readonly resubmit: boolean;
  /** Pause before step number n (1, 2, …), in ms. */
  pauseMs(): number;
  /** A number in [0, 1) for the jitter of this order's polls. */
  jitter(): number;
}

/** The SHA-1 of a text's UTF-8 bytes, in hexadecimal. */
export type Sha1 = (text: string) => string;

/**
 * The client-made id of an order, a UUID of version 5: unique per run, generator and order number, and the same whenever it
 * is asked for. The hash is the caller's, because k6 has a fast one of its own: in a script it would be the dearest part of an order.
 */
export function orderKey(run: string, generator: string, orderNumber: number, sha1: Sha1): string {
  const hash = sha1(`${ID_NAMESPACE}${run}/${generator}/${orderNumber}`);
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Content and behaviour of order `orderNumber` (0, 1, …) in a run with this seed. */
export function planOrder(
  seed: number,
  orderNumber: number,
  behaviour: { readonly thinkTime: ThinkTime; readonly resubmitShare: number },
): OrderPlan {
  const draws = new Draws(seed, orderNumber);
  const sku = `SKU-${String(draws.between(1, SKU_COUNT)).padStart(3, '0')}`;
  const lineItem = { sku, quantity: draws.between(1, 3), unitPriceCents: draws.between(100, 20_000) };
  const resubmit = draws.unit() < behaviour.resubmitShare;
  const { minMs, maxMs } = behaviour.thinkTime;
  return {
    content: { lineItems: [lineItem] },
    resubmit,
    pauseMs: () => minMs + draws.unit() * (maxMs - minMs),
    jitter: () => draws.unit(),
  };
}

/** Keeps the probes' draws apart from those of the load's orders, which have the same numbers. */
const PROBE_SEED = 0x70726f62;

/** Content of probe `number` (0, 1, …); it never pauses, is never submitted twice, and polls as often as any order may. */
export function planProbe(seed: number, number: number): OrderPlan {
  const { content } = planOrder(seed ^ PROBE_SEED, number, { thinkTime: { minMs: 0, maxMs: 0 }, resubmitShare: 0 });
  return { content, resubmit: false, pauseMs: () => 0, jitter: () => 0 };
}
