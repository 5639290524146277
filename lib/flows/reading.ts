// How both flows read an order back: GET {orders}/api/orders/{orderId}.

import type { Json } from '../model/history.ts';
import { itemsText } from '../model/order-content.ts';
import { type BaseUrls, type HttpCall, type OrderDescription, textField } from './flow.ts';

export function readOrder(urls: BaseUrls, orderId: string): HttpCall {
  return { method: 'GET', url: `${urls.orders}/api/orders/${encodeURIComponent(orderId)}` };
}

export function stateOf(body: Json): string | null {
  return textField(body, 'status');
}

export function describe(body: Json): OrderDescription {
  const customerId = textField(body, 'customerId');
  const items = (body as { readonly lineItems?: Json } | null)?.lineItems;
  return {
    ...(customerId === null ? {} : { customerId }),
    ...(Array.isArray(items) && items.every(isLineItem) ? { items: itemsText(items) } : {}),
  };
}

function isLineItem(item: unknown): item is { readonly sku: string; readonly quantity: number } {
  const { sku, quantity } = (item ?? {}) as { sku?: unknown; quantity?: unknown };
  return typeof sku === 'string' && typeof quantity === 'number';
}
