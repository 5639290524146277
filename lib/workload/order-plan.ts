// What an order contains and how its shopper behaves: a pure function of (seed, order number), so that a run can be repeated.

import type { OrderContent } from '../model/history.ts';
import type { ThinkTime } from '../model/profile.ts';
import { between, type Draw, drawsOf } from './draws.ts';

/** Number of stock-keeping units that the workload buys: SKU-001 … SKU-050. */
const SKU_COUNT = 50;
export interface OrderPlan {
  readonly content: OrderContent;
  /** True for the few orders that are submitted twice. */
  readonly resubmit: boolean;
  readonly thinkTime: ThinkTime;
  /** What chance decides on the way: the pauses, and the jitter of the polls. */
  readonly draw: Draw;
}

/** The next pause between two steps of this order. */
export function pauseMs({ thinkTime: { minMs, maxMs }, draw }: OrderPlan): number {
  return minMs + draw() * (maxMs - minMs);
}

/** Content and behaviour of order `orderNumber` (0, 1, …) in a run with this seed. */
export function planOrder(
  seed: number,
  orderNumber: number,
  behaviour: { readonly thinkTime: ThinkTime; readonly resubmitShare: number },
): OrderPlan {
  const draw = drawsOf(seed, orderNumber);
  const sku = skuNumber(between(draw, 1, SKU_COUNT));
  const lineItem = { sku, quantity: between(draw, 1, 3), unitPriceCents: between(draw, 100, 20_000) };
  const resubmit = draw() < behaviour.resubmitShare;
  return { content: { lineItems: [lineItem] }, resubmit, thinkTime: behaviour.thinkTime, draw };
}

/** Without functions of the language, of which k6 would keep one for each virtual user. */
function skuNumber(number: number): string {
  return number < 10 ? `SKU-00${number}` : `SKU-0${number}`;
}

/** Keeps the probes' draws apart from those of the load's orders, which have the same numbers. */
const PROBE_SEED = 0x70726f62;

/** Content of probe `number` (0, 1, …); it never pauses, is never submitted twice, and polls as often as any order may. */
export function planProbe(seed: number, number: number): OrderPlan {
  const withoutPauses = { thinkTime: { minMs: 0, maxMs: 0 }, resubmitShare: 0 };
  return { ...planOrder(seed ^ PROBE_SEED, number, withoutPauses), draw: () => 0 };
}
