import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentileOf } from './percentile.ts';

const NEVER = Number.POSITIVE_INFINITY;

describe('a percentile by nearest rank', () => {
  it('is a value that was seen', () => {
    expect(percentileOf(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 90)).toBe(9);
    expect(percentileOf(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 91)).toBe(10);
    expect(percentileOf(Float64Array.of(7), 50)).toBe(7);
  });

  it('is nothing without samples, and where it falls among samples without an end', () => {
    expect(percentileOf(new Float64Array(0), 50)).toBeNull();
    expect(percentileOf(Float64Array.of(1, 2, 3, NEVER), 50)).toBe(2);
    expect(percentileOf(Float64Array.of(1, 2, 3, NEVER), 90)).toBeNull();
  });

  it('keeps a bound exactly when no more than the allowed share lies above it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), fc.nat({ max: 20 }), (values, bound) => {
        const value = percentileOf(Float64Array.from(values).sort(), 90) ?? NEVER;
        const above = values.filter((each) => each >= bound).length;
        expect(value < bound).toBe(above * 10 <= values.length);
      }),
    );
  });
});
