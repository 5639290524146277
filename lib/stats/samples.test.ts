import { describe, expect, it } from 'vitest';
import { Samples } from './samples.ts';

describe('samples', () => {
  it('keep every value in its order, however many come', () => {
    const samples = new Samples();
    for (let value = 100; value > 0; value--) samples.push(value + 0.5);
    expect(samples.length).toBe(100);
    expect(samples.values()[0]).toBe(100.5);
    expect(samples.values()[99]).toBe(1.5);
  });

  it('sort a copy and leave themselves as they are', () => {
    const samples = new Samples();
    for (const value of [3, 1, 10, 2]) samples.push(value);
    expect([...samples.sorted()]).toEqual([1, 2, 3, 10]);
    expect([...samples.values()]).toEqual([3, 1, 10, 2]);
  });

  it('count those that do not keep a bound', () => {
    const samples = new Samples();
    for (const value of [3, 1, 10, 2]) samples.push(value);
    expect(samples.countNot((value) => value < 3)).toBe(2);
  });
});
