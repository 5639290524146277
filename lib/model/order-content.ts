// What an order is of, in one word that can be compared: the same pieces give the same text, in whatever order they are told.

/** `SKU-001x2`, sorted and joined by commas; lines of the same article are added up. */
export function itemsText(items: readonly { readonly sku: string; readonly quantity: number }[]): string {
  const pieces = new Map<string, number>();
  for (const { sku, quantity } of items) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
  return Array.from(pieces, ([sku, quantity]) => `${sku}x${quantity}`)
    .sort()
    .join();
}
