import { describe, expect, it } from 'vitest';
import { spreadOf } from './statistics.ts';

describe('the spread', () => {
  it('has the middle value of an odd number of values, and the mean of the middle two of an even one', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30 });
    expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5);
    expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 });
  });

  it('of nothing is refused', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});
