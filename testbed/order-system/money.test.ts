// Tests of decimal amounts and cents.

import { expect, test } from 'vitest';
import { toAmount, toCents } from './money.ts';

test('every amount of whole cents survives the way there and back', () => {
  const all = Array.from({ length: 200_000 }, (_, cents) => cents);
  expect(all.filter((cents) => toCents(toAmount(cents)) !== cents)).toEqual([]);
});

test.each([0.001, 12.345, -0.01, Number.NaN, Number.POSITIVE_INFINITY])('%s is no amount', (amount) => {
  expect(toCents(amount)).toBeNull();
});
