// Judges a percentile bound over samples of which some may be known only as an interval.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { percentileOf } from '../stats/percentile.ts';
import { holds } from '../stats/rate.ts';
import { type CountAbove, type Judgement, judgeShare, samplesToPass } from '../stats/share.ts';
import type { Intervals } from './order-times.ts';
import { percent, quantity, some } from './wording.ts';

/** What was measured for one bound in one place. */
export interface Measured {
  readonly above: CountAbove;
  /** The percentile itself, doubtful samples counted as slow; `null` where it falls among samples without an end. */
  readonly observed: number | null;
  /** What the samples are: `order`, `request`. */
  readonly noun: string;
}

export function percentileIn(bound: Bound): number {
  if ('percentile' in bound.aggregate) return bound.aggregate.percentile;
  throw new TypeError(`bound ${bound.id} on ${bound.metric} must be a percentile`);
}

/** The share of samples that the percentile lets lie above the bound: 0.02 for p98. */
function allowedShare(bound: Bound): number {
  return (100 - percentileIn(bound)) / 100;
}

export function judgePercentile(bound: Bound, above: CountAbove): Judgement {
  const judgement = judgeShare(above, allowedShare(bound));
  return judgement === 'pass' && above.of < bound.minimumSamples ? 'inconclusive' : judgement;
}

/** Samples known as intervals: how many lie above the bound at least and at most, and the percentile of the upper ends. */
export function measure(bound: Bound, { leastMs, mostMs }: Intervals, noun: string): Measured {
  const keeps = (ms: number): boolean => holds(ms, bound.comparison, bound.limit);
  const above = { low: leastMs.countNot(keeps), high: mostMs.countNot(keeps), of: mostMs.length };
  return { above, observed: percentileOf(mostMs.sorted(), percentileIn(bound)), noun };
}

/** The figures of a finding. */
export function figuresOf({ above, observed }: Measured): Pick<Finding, 'samples' | 'observed'> {
  return { samples: above.of, ...(observed === null ? {} : { observed }) };
}

/** One sentence: what was seen against what, or how much is missing for a judgement. */
export function sayPercentile(bound: Bound, measured: Measured, judgement: Judgement): string {
  const { above, observed, noun } = measured;
  const name = `p${percentileIn(bound)}`;
  const limit = `${bound.comparison} ${quantity(bound.limit, bound.unit)}`;
  const slower = `${above.high} of ${some(above.of, noun)} slower`;
  const value =
    observed === null ? `lies among ${noun}s that never ended well` : `is ${quantity(observed, bound.unit)}`;
  if (judgement === 'pass') return `${name} ${value}, bound ${limit}: ${slower}`;
  if (judgement === 'fail')
    return `${name} ${value}, bound ${limit}: ${slower}, ${percent(allowedShare(bound))} may be`;
  return `${name} ${limit} cannot be judged: ${tooFew(bound, measured)}`;
}

function tooFew(bound: Bound, { above, noun }: Measured): string {
  if (above.of === 0) return `there was no ${noun}`;
  const doubtful = above.high - above.low;
  if (doubtful > 0) return `${some(doubtful, noun)} of ${above.of} still under way when the load was cut`;
  const more = samplesToPass(above.high, above.of, allowedShare(bound));
  const seen = `${above.high} of ${some(above.of, noun)} slower`;
  if (!Number.isFinite(more)) return `${seen}, and no number of ${noun}s can show that none ever is`;
  return `${seen}, ${more} more that are not would be needed`;
}
