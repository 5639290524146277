// Takes back what a saturated generator cannot know: its findings on times and error rates, be they good or bad. What was lost or doubled stands.

import type { Finding } from '../model/finding.ts';
import type { Evidence } from './evidence.ts';
import { delayIn, latenessOf, TOLERATED_SHARE } from './generator-lateness.ts';
import { duration } from './wording.ts';

/** Times are held against their own bound; error rates against the time after which a request counts as failed. */
export function withSaturation(findings: readonly Finding[], evidence: Evidence): readonly Finding[] {
  const stages = latenessOf(evidence);
  return findings.map((finding) => {
    const limitMs = limitOf(finding, evidence.run.profile.httpTimeoutMs);
    const delayMs = finding.stage === undefined ? null : delayIn(stages.get(finding.stage));
    if (limitMs === null || delayMs === null || delayMs <= limitMs * TOLERATED_SHARE) return finding;
    const message = `cannot be judged, the generator was late itself by ${duration(delayMs)}; seen: ${finding.message}`;
    return { ...finding, status: 'inconclusive', message };
  });
}

/** The time that a delay of the generator spoils; `null` for findings that do not hang on time. */
function limitOf({ kind, status, unit, limit }: Finding, httpTimeoutMs: number): number | null {
  if (kind !== 'bound' || status === 'not-measured') return null;
  if (unit === 'ms') return limit ?? null;
  return unit === 'ratio' ? httpTimeoutMs : null;
}
