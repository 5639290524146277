import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeShare, samplesToPass, upperShare } from './share.ts';

const P98 = 0.02;
const P90 = 0.1;
const seen = (above: number, of: number) => ({ low: above, high: above, of });

/** P(X ≤ above) for X ~ Binomial(of, share), summed term by term, by logarithms because the first terms are tiny. */
function binomialAtMost(above: number, of: number, share: number): number {
  let logTerm = of * Math.log1p(-share);
  let sum = Math.exp(logTerm);
  for (let k = 0; k < above; k++) {
    logTerm += Math.log((of - k) / (k + 1)) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(logTerm);
  }
  return sum;
}

describe('the share rule', () => {
  it('lets p98 pass with 149 orders of which none is above, and not with 148', () => {
    expect(judgeShare(seen(0, 149), P98)).toBe('pass');
    expect(judgeShare(seen(0, 148), P98)).toBe('inconclusive');
  });

  it('lets p90 pass with 29 orders of which none is above, and not with 28', () => {
    expect(judgeShare(seen(0, 29), P90)).toBe('pass');
    expect(judgeShare(seen(0, 28), P90)).toBe('inconclusive');
  });

  it('fails as soon as more than the allowed share was seen above', () => {
    expect(judgeShare(seen(21, 1000), P98)).toBe('fail');
    expect(judgeShare(seen(1, 10), P98)).toBe('fail');
  });

  it('is inconclusive when the share is allowed, but the samples do not show it surely', () => {
    expect(judgeShare(seen(20, 1000), P98)).toBe('inconclusive');
    expect(judgeShare(seen(1, 50), P98)).toBe('inconclusive');
  });

  it('is inconclusive without samples', () => {
    expect(judgeShare(seen(0, 0), P98)).toBe('inconclusive');
  });

  it('fails only with all doubtful samples fast, and passes only with all of them slow', () => {
    expect(judgeShare({ low: 0, high: 100, of: 1000 }, P98)).toBe('inconclusive');
    expect(judgeShare({ low: 21, high: 100, of: 1000 }, P98)).toBe('fail');
    expect(judgeShare({ low: 0, high: 5, of: 1000 }, P98)).toBe('pass');
  });

  it('has the upper bound at which so few above would come up once in twenty runs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat({ max: 400 }), (of, above) => {
        fc.pre(above < of);
        expect(binomialAtMost(above, of, upperShare(above, of))).toBeCloseTo(0.05, 6);
      }),
    );
  });

  it('says that no number of samples shows a percentile of 100, instead of searching for ever', () => {
    expect(samplesToPass(0, 10, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(judgeShare(seen(0, 1_000_000), 0)).toBe('inconclusive');
  });

  it('says how many more samples would make it pass, no more and no less', () => {
    expect(samplesToPass(0, 0, P98)).toBe(149);
    expect(samplesToPass(0, 100, P98)).toBe(49);
    expect(samplesToPass(0, 149, P98)).toBe(0);
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.nat({ max: 300 }), (above, more) => {
        const needed = samplesToPass(above, above + more, P98);
        const of = above + more + needed;
        expect(judgeShare(seen(above, of), P98)).toBe('pass');
        if (needed > 0) expect(judgeShare(seen(above, of - 1), P98)).not.toBe('pass');
      }),
    );
  });
});
