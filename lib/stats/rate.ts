// The rate rule: a share of failures compared with its bound as it was seen, once there are samples enough.

import type { Comparison } from '../model/bound.ts';
import type { CountAbove, Judgement } from './share.ts';

/** Whether `value` keeps the bound. */
export function holds(value: number, comparison: Comparison | '>=', limit: number): boolean {
  if (comparison === '>=') return value >= limit;
  if (comparison === '<') return value < limit;
  if (comparison === '<=') return value <= limit;
  return value === limit;
}

/**
 * Judges a rate of failures. With fewer than `minimumSamples` it never passes; it fails only when it would also fail if
 * all samples that are missing to the minimum had gone well. Doubtful samples count for the platform in a fail, against it in a pass.
 */
export function judgeRate(
  failures: CountAbove,
  bound: { readonly comparison: Comparison; readonly limit: number; readonly minimumSamples: number },
): Judgement {
  const least = failures.low / Math.max(failures.of, bound.minimumSamples);
  if (!holds(least, bound.comparison, bound.limit)) return 'fail';
  if (failures.of < bound.minimumSamples) return 'inconclusive';
  return holds(failures.high / failures.of, bound.comparison, bound.limit) ? 'pass' : 'inconclusive';
}
