// The share rule: whether few enough of all samples lie above a bound, with the confidence that their number allows.

import jstat from 'jstat';

const CONFIDENCE = 0.95;

export type Judgement = 'pass' | 'fail' | 'inconclusive';

/** How many of `of` samples lie above a bound: at least `low`, at most `high`; they differ when some samples were cut short. */
export interface CountAbove {
  readonly low: number;
  readonly high: number;
  readonly of: number;
}

/**
 * The largest share above the bound that is still plausible (one-sided 95 %, Clopper–Pearson) when `above` of `of` were seen above it.
 * 1 when nothing was sampled.
 */
export function upperShare(above: number, of: number): number {
  if (above >= of) return 1;
  return jstat.jStat.beta.inv(CONFIDENCE, above + 1, of - above);
}

/**
 * Judges a percentile bound by the share of samples above it; `allowed` is what the percentile leaves (p98: 0.02).
 * Fails when more than that were certainly seen above; passes when even the upper confidence bound, with every doubtful
 * sample counted as above, is below it; otherwise more samples are needed.
 */
export function judgeShare(count: CountAbove, allowed: number): Judgement {
  if (count.of === 0) return 'inconclusive';
  if (count.low / count.of > allowed) return 'fail';
  return upperShare(count.high, count.of) < allowed ? 'pass' : 'inconclusive';
}

/** No run has more samples; beyond it the search for enough of them is given up. */
const SAMPLES_LIMIT = 1e9;

/**
 * How many more samples, none of them above the bound, would make `judgeShare` pass. 0 when it passes already; infinite
 * when no number of them does, as with a percentile of 100, which allows none above and so can never be shown.
 */
export function samplesToPass(above: number, of: number, allowed: number): number {
  const passesWith = (more: number): boolean => upperShare(above, of + more) < allowed;
  if (passesWith(0)) return 0;
  let tooFew = 0;
  let enough = 1;
  while (!passesWith(enough)) {
    if (enough > SAMPLES_LIMIT) return Number.POSITIVE_INFINITY;
    tooFew = enough;
    enough *= 2;
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (passesWith(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
