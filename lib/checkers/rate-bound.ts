// Puts a judged rate of failures into one sentence.

import type { Bound } from '../model/bound.ts';
import type { CountAbove, Judgement } from '../stats/share.ts';
import { percent, some } from './wording.ts';

/** What was counted, e.g. `request` that `failed`. */
export interface RateWords {
  readonly noun: string;
  readonly verb: string;
}

export function sayRate(bound: Bound, failures: CountAbove, judgement: Judgement, { noun, verb }: RateWords): string {
  const limit = `${bound.comparison} ${percent(bound.limit)}`;
  const seen = `${failures.high} of ${some(failures.of, noun)} ${verb}`;
  const share = failures.of === 0 ? 0 : failures.high / failures.of;
  if (judgement !== 'inconclusive') return `${percent(share)}, bound ${limit}: ${seen}`;
  return `bound ${limit} cannot be judged: ${reason(bound, failures, seen)}`;
}

function reason(bound: Bound, failures: CountAbove, seen: string): string {
  if (failures.of < bound.minimumSamples) return `${seen}, at least ${bound.minimumSamples} are needed`;
  return `${seen}, of which ${failures.high - failures.low} were cut when the load was`;
}
