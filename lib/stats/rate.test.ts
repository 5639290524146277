import { describe, expect, it } from 'vitest';
import { holds, judgeRate } from './rate.ts';

const bound = { comparison: '<', limit: 0.01, minimumSamples: 100 } as const;
const seen = (failed: number, of: number) => ({ low: failed, high: failed, of });

describe('the rate rule', () => {
  it('passes below the bound and fails at it', () => {
    expect(judgeRate(seen(0, 100), bound)).toBe('pass');
    expect(judgeRate(seen(9, 1000), bound)).toBe('pass');
    expect(judgeRate(seen(10, 1000), bound)).toBe('fail');
  });

  it('never passes with too few samples', () => {
    expect(judgeRate(seen(0, 99), bound)).toBe('inconclusive');
    expect(judgeRate(seen(0, 0), bound)).toBe('inconclusive');
  });

  it('fails with too few samples only when good ones to the minimum would not save it', () => {
    expect(judgeRate(seen(40, 40), bound)).toBe('fail');
    expect(judgeRate(seen(1, 40), { ...bound, limit: 0.02 })).toBe('inconclusive');
  });

  it('fails only with all doubtful samples good, and passes only with all of them bad', () => {
    expect(judgeRate({ low: 0, high: 30, of: 1000 }, bound)).toBe('inconclusive');
    expect(judgeRate({ low: 12, high: 30, of: 1000 }, bound)).toBe('fail');
    expect(judgeRate({ low: 0, high: 9, of: 1000 }, bound)).toBe('pass');
  });
});

describe('a comparison', () => {
  it.each([
    [4, '<', 5, true],
    [5, '<', 5, false],
    [5, '<=', 5, true],
    [6, '<=', 5, false],
    [0, '==', 0, true],
    [1, '==', 0, false],
  ] as const)('%d %s %d is %s', (value, comparison, limit, expected) => {
    expect(holds(value, comparison, limit)).toBe(expected);
  });
});
