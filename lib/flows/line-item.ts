// What an order contains, as a flow tells it to the platform: one line item, money as a decimal as the contract has it.

import { ADD_ITEMS, type Json, type OrderContent } from '../model/history.ts';
import type { Flow, FlowStep, OrderDraft } from './flow.ts';

/** The content as this flow can know it: without prices where the platform sets them. */
export function contentIn(flow: Flow, content: OrderContent): OrderContent {
  if (flow.pricedByClient) return content;
  return { lineItems: content.lineItems.map((item) => ({ ...item, unitPriceCents: null })) };
}

/** The step that puts the order's line item into its cart. Orders of the workload have exactly one, so that a flow has a fixed number of calls. */
export function addItems(expectedStatus: readonly number[]): FlowStep {
  return {
    f: ADD_ITEMS,
    expectedStatus,
    call: (urls, order) => ({
      method: 'POST',
      url: `${urls.shopping}/api/carts/${order.cartId}/items`,
      body: lineItemBody(order),
    }),
    learn: () => ({}),
  };
}

function lineItemBody(order: OrderDraft): Json {
  const item = order.content.lineItems[0];
  if (item === undefined) throw new Error(`order ${order.customerId} has no line item`);
  const { sku, quantity, unitPriceCents } = item;
  return unitPriceCents === null ? { sku, quantity } : { sku, quantity, unitPrice: unitPriceCents / 100 };
}
