// Whose order a read's body describes and of what, as both flows tell it.

import type { Json } from '../model/history.ts';
import { itemsText } from '../model/order-content.ts';
import { type OrderDescription, textField } from './flow.ts';

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
