// From the bounds to k6's own thresholds, so that a plain `k6 run` of a bundled scenario enforces them too.

import { type Bound, type Customer, isHeldTo } from '../model/bound.ts';

/** The metrics that order scenarios emit for k6, and what k6 must compute from a bound on them. */
const METRICS: Readonly<Record<string, 'trend' | 'rate'>> = {
  order_completion_time: 'trend',
  order_flow_time: 'trend',
  order_failed: 'rate',
};

/**
 * A trend without samples counts as 0 in k6 and so keeps every bound; its largest value is above 0 only when there was a sample.
 * An empty rate cannot be told from k6's thresholds at all: it is guarded by the trends, which get a sample only beside it.
 */
const HAS_SAMPLES = 'max>0';

/** k6 `options.thresholds` for the bounds that the profile promises, over the whole run; k6 cannot judge by stage or by fate. */
export function k6Thresholds(
  bounds: readonly Bound[],
  profile: { readonly name: string },
  promises?: Customer,
): Readonly<Record<string, readonly string[]>> {
  const thresholds: Record<string, string[]> = {};
  for (const bound of bounds) {
    const kind = METRICS[bound.metric];
    if (kind === undefined || !isHeldTo(bound, profile.name, promises)) continue;
    thresholds[bound.metric] ??= [];
    thresholds[bound.metric]?.push(expression(bound));
  }
  return Object.keys(thresholds).length === 0 ? {} : withGuards(thresholds);
}

function withGuards(thresholds: Record<string, string[]>): Record<string, string[]> {
  const trends = Object.keys(METRICS).filter((metric) => METRICS[metric] === 'trend');
  const guards = trends.map((metric) => [metric, [...(thresholds[metric] ?? []), HAS_SAMPLES]]);
  return { ...thresholds, ...Object.fromEntries(guards) };
}

function expression({ id, aggregate, comparison, limit }: Bound): string {
  if ('percentile' in aggregate) return `p(${aggregate.percentile})${comparison}${limit}`;
  if ('share' in aggregate) return `rate${comparison}${limit}`;
  throw new TypeError(`bound ${id}: k6 has no threshold for its aggregate`);
}
