import { expect, it } from 'vitest';
import { itemsText } from './order-content.ts';

it('the same pieces give the same text, in whatever order and lines they are told', () => {
  const told = [
    { sku: 'SKU-002', quantity: 1 },
    { sku: 'SKU-001', quantity: 2 },
    { sku: 'SKU-002', quantity: 3 },
  ];
  expect(itemsText(told)).toBe('SKU-001x2,SKU-002x4');
  expect(itemsText([])).toBe('');
});
