// What a saturated generator cannot know: times and error rates, be they good or bad. It measured its own delay with them. What was lost or duplicated stands.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { type Checker, isPromised, isPromisedStage, stageNames } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { delaysOf, type StageDelays } from './generator-delays.ts';
import { duration } from './wording.ts';

/** A percentile of times is judged while the same percentile of the generator's own delays is within this share of its bound. */
const TOLERATED_SHARE = 0.1;
/** The percentile that stands for delays that make requests fail: timeouts. */
const TIMEOUT_PERCENTILE = 98;

/** How long a delay may be, at which percentile, before a bound cannot be judged. */
interface Tolerance {
  readonly percentile: number;
  readonly limitMs: number;
}

/** `null` for bounds that do not hang on time. Error rates are held against the time after which a request counts as failed. */
function toleranceOf({ unit, scope, aggregate, limit }: Bound, httpTimeoutMs: number): Tolerance | null {
  if (scope !== 'stage') return null;
  if (unit === 'ratio') return { percentile: TIMEOUT_PERCENTILE, limitMs: httpTimeoutMs * TOLERATED_SHARE };
  if (unit !== 'ms' || !('percentile' in aggregate)) return null;
  return { percentile: aggregate.percentile, limitMs: limit * TOLERATED_SHARE };
}

/** Whether the generator kept its own time, stage by stage, as well as the promised bounds need it. */
export const generatorDelay: Checker = (evidence, bounds) => {
  const { run } = evidence;
  const tolerances = bounds
    .filter((bound) => isPromised(bound, run))
    .map((bound) => toleranceOf(bound, run.profile.httpTimeoutMs))
    .filter((tolerance) => tolerance !== null);
  if (tolerances.length === 0) return [];
  const stages = delaysOf(evidence);
  return stageNames(evidence).map((stage) => ({
    id: 'generator-delay',
    kind: 'measurement',
    promised: isPromisedStage(run, stage),
    stage,
    ...judge(stages.get(stage), tolerances),
  }));
};

function judge(delays: StageDelays | undefined, tolerances: readonly Tolerance[]): Pick<Finding, 'status' | 'message'> {
  if (delays === undefined || delays.delayMs(50) === null) {
    return { status: 'inconclusive', message: "the generator's own delay was not measured" };
  }
  const late = `the generator was late by ${said(delays.lagMs(90))} with its timers and ${said(delays.overshootMs(90))} with pauses at p90, ${said(delays.lagMs(98))} and ${said(delays.overshootMs(98))} at p98`;
  const broken = tolerances.find(({ percentile, limitMs }) => (delays.delayMs(percentile) ?? 0) > limitMs);
  if (broken === undefined) return { status: 'pass', message: late };
  const { percentile, limitMs } = broken;
  return {
    status: 'inconclusive',
    message: `${late}; ${duration(limitMs)} at p${percentile} would do: give it more processor`,
  };
}

function said(ms: number | null): string {
  return ms === null ? 'nothing known' : duration(ms);
}

/** Takes back the findings of stages in which the generator was too late for their bound. */
export function withSaturation(
  findings: readonly Finding[],
  bounds: readonly Bound[],
  evidence: Evidence,
): readonly Finding[] {
  const stages = delaysOf(evidence);
  const tolerances = new Map(bounds.map((bound) => [bound.id, toleranceOf(bound, evidence.run.profile.httpTimeoutMs)]));
  return findings.map((finding) => {
    const tolerance = tolerances.get(finding.id) ?? null;
    if (tolerance === null || finding.stage === undefined || finding.status === 'not-measured') return finding;
    const delayMs = stages.get(finding.stage)?.delayMs(tolerance.percentile) ?? 0;
    if (delayMs <= tolerance.limitMs) return finding;
    const late = `the generator was late itself by ${duration(delayMs)} at p${tolerance.percentile}`;
    return { ...finding, status: 'inconclusive', message: `cannot be judged, ${late}; seen: ${finding.message}` };
  });
}
