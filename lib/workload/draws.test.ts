import { describe, expect, it } from 'vitest';
import { between, drawsOf } from './draws.ts';

const units = (seed: number, orderNumber: number, count: number) => {
  const draw = drawsOf(seed, orderNumber);
  return Array.from({ length: count }, draw);
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the draws of an order', () => {
  it('are the same for the same seed and number', () => {
    expect(units(7, 42, 10)).toEqual(units(7, 42, 10));
  });

  it('lie in [0, 1) and spread evenly, within an order and over the first draws of neighbouring orders', () => {
    const firsts = Array.from({ length: 20_000 }, (_, orderNumber) => units(1, orderNumber, 1)[0] ?? -1);
    for (const values of [units(1, 0, 20_000), firsts]) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThan(1);
      expect(mean(values)).toBeCloseTo(0.5, 1);
      for (let tenth = 0; tenth < 10; tenth += 1) {
        const share = values.filter((value) => Math.floor(value * 10) === tenth).length / values.length;
        expect(share).toBeGreaterThan(0.09);
        expect(share).toBeLessThan(0.11);
      }
    }
  });

  it('of neighbouring seeds, numbers and places have nothing to do with each other', () => {
    const pairs = Array.from({ length: 5_000 }, (_, at) =>
      [units(at, 0, 2), units(at + 1, 0, 1), units(at, 1, 1)].flat(),
    );
    for (const other of [1, 2, 3]) {
      const product = mean(pairs.map((values) => ((values[0] ?? 0) - 0.5) * ((values[other] ?? 0) - 0.5)));
      expect(Math.abs(product)).toBeLessThan(0.01);
    }
  });

  it('between two whole numbers give each of them, ends included', () => {
    const draw = drawsOf(3, 5);
    const drawn = Array.from({ length: 3_000 }, () => between(draw, 1, 3));
    for (const number of [1, 2, 3]) expect(drawn.filter((each) => each === number).length).toBeGreaterThan(900);
    expect(new Set(drawn).size).toBe(3);
  });
});
