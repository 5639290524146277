// Applies the target's waivers: a waived bound is judged and shown as ever, with the target's reason beside it, and decides nothing.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import type { TargetSummary } from '../model/run.ts';

/** Only bounds can be waived; that a run measured at all, or that orders add up, cannot. A waiver of anything else is a finding. */
export function withWaivers(
  findings: readonly Finding[],
  bounds: readonly Bound[],
  waivers: TargetSummary['waivers'],
): readonly Finding[] {
  const reasons = new Map(waivers.map(({ bound, reason }) => [bound, reason]));
  const ids = new Set(bounds.map((bound) => bound.id));
  const waived = findings.map((finding) => {
    const reason = ids.has(finding.id) ? reasons.get(finding.id) : undefined;
    return reason === undefined ? finding : { ...finding, waived: reason };
  });
  const idle = waivers.filter(({ bound }) => !ids.has(bound));
  return [...waived, ...idle.map(({ bound }) => idleWaiver(bound))];
}

function idleWaiver(bound: string): Finding {
  return {
    id: 'waivers',
    kind: 'measurement',
    status: 'inconclusive',
    promised: false,
    message: `the target waives ${bound}, which is no bound: the waiver has no effect`,
  };
}
