// The body of "add items": one line item, money as a decimal as the contract has it.

import type { Json } from '../model/history.ts';
import type { OrderDraft } from './flow.ts';

/** The order's one line item. Orders of the workload have exactly one, so that a flow has a fixed number of calls. */
export function firstLineItem(order: OrderDraft): { sku: string; quantity: number; unitPriceCents: number } {
  const item = order.content.lineItems[0];
  if (item === undefined) throw new Error(`order ${order.customerId} has no line item`);
  return item;
}

export function lineItemBody(order: OrderDraft, withPrice: boolean): Json {
  const { sku, quantity, unitPriceCents } = firstLineItem(order);
  return withPrice ? { sku, quantity, unitPrice: unitPriceCents / 100 } : { sku, quantity };
}
