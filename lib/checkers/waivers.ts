// Applies the target's waivers: a waived bound is judged and shown as ever, with the target's reason beside it, and decides nothing.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import type { TargetSummary } from '../model/run.ts';

/**
 * Only bounds can be waived; that a run measured at all, or that orders add up, cannot. A platform whose effects cannot be read may waive that they
 * were not measured, but nothing waives an order that was seen lost or duplicated. A waiver without effect is a finding.
 */
export function withWaivers(
  findings: readonly Finding[],
  bounds: readonly Bound[],
  waivers: TargetSummary['waivers'],
): readonly Finding[] {
  const reasons = new Map(waivers.map(({ bound, reason }) => [bound, reason]));
  const ids = new Set(bounds.map((bound) => bound.id));
  const waived = findings.map((finding) => {
    const reason = ids.has(finding.id) && !isSeenHarm(finding) ? reasons.get(finding.id) : undefined;
    return reason === undefined ? finding : { ...finding, waived: reason };
  });
  const idle = waivers.filter(({ bound }) => !waived.some((finding) => finding.id === bound && finding.waived));
  return [...waived, ...idle.map(({ bound }) => idleWaiver(bound))];
}

function isSeenHarm({ kind, status }: Finding): boolean {
  return kind === 'integrity' && status === 'fail';
}

function idleWaiver(bound: string): Finding {
  return {
    id: 'waivers',
    kind: 'measurement',
    status: 'inconclusive',
    promised: false,
    message: `the target waives ${bound}, which is no bound that can be waived: the waiver has no effect`,
  };
}
