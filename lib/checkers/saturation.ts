// What a saturated generator cannot know: times and error rates, be they good or bad. It measured its own delay with them. What was lost or duplicated stands.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { holds } from '../stats/rate.ts';
import { type Checker, isPromised, isPromisedStage, stageNames } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { delaysOf, type StageDelays } from './generator-delays.ts';
import { duration } from './wording.ts';

/** Id of the finding on how late the generator was in a stage. */
export const GENERATOR_DELAY = 'generator-delay';

/** A percentile of times is judged while the same percentile of the generator's own delays is within this share of its bound. */
const TOLERATED_SHARE = 0.1;
/** The percentile that stands for delays that make requests fail: timeouts. */
const TIMEOUT_PERCENTILE = 98;

/** How often a delay can fall into what is measured: before a call and after its answer, for all calls and polls of an order. */
const DELAYS_PER_CALL = 2;
const DELAYS_PER_ORDER = 10;

/** How long a delay may be, at which percentile, before a bound cannot be judged. */
interface Tolerance {
  readonly percentile: number;
  readonly limitMs: number;
}

/**
 * `null` for bounds that do not hang on time, such as how many orders the platform ends as failed. Failed requests are held against the
 * time after which one counts as failed.
 */
function toleranceOf({ metric, unit, scope, aggregate, limit }: Bound, httpTimeoutMs: number): Tolerance | null {
  if (scope !== 'stage') return null;
  if (metric === 'step_failed') return { percentile: TIMEOUT_PERCENTILE, limitMs: httpTimeoutMs * TOLERATED_SHARE };
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
    id: GENERATOR_DELAY,
    kind: 'measurement',
    promised: isPromisedStage(run, stage),
    stage,
    ...judge(stages.get(stage), tolerances),
  }));
};

type Judged = Pick<Finding, 'status' | 'message' | 'observed' | 'comparison' | 'limit' | 'unit'>;

/** `observed` where it was late, and only there. */
function judge(delays: StageDelays | undefined, tolerances: readonly Tolerance[]): Judged {
  if (delays?.isWatched !== true) {
    return { status: 'inconclusive', message: "the generator's own delay was not measured all the time" };
  }
  const at = (percentile: number): string =>
    `${duration(delays.lagMs(percentile))} with its timers and ${duration(delays.overshootMs(percentile))} with pauses at p${percentile}`;
  const late = `the generator was late by ${at(90)}, ${at(98)}`;
  const broken = tolerances.find(({ percentile, limitMs }) => delays.delayMs(percentile) > limitMs);
  if (broken === undefined) return { status: 'pass', message: late };
  const { percentile, limitMs } = broken;
  const needed = `${duration(limitMs)} at p${percentile} would do: give it more processor`;
  const delay = { observed: delays.delayMs(percentile), comparison: '<=', limit: limitMs, unit: 'ms' } as const;
  return { status: 'inconclusive', message: `${late}; ${needed}`, ...delay };
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
    if (delayMs <= tolerance.limitMs || isBeyondDelay(finding, delayMs, evidence)) return finding;
    const late = `the generator was late itself by ${duration(delayMs)} at p${tolerance.percentile}`;
    const message = `cannot be judged, ${late}; seen: ${finding.message}`;
    // A failure that is taken back leaves the run open, also where nothing was promised.
    return { ...finding, status: 'inconclusive', promised: finding.promised || finding.status === 'fail', message };
  });
}

/** A failure that the generator's delay cannot have made, however it fell. */
function isBeyondDelay(finding: Finding, delayMs: number, evidence: Evidence): boolean {
  const { status, unit, observed, limit = 0 } = finding;
  if (status !== 'fail') return false;
  if (unit === 'ratio') return isAnswered(finding, evidence);
  // Not even that many delays one after the other; and where nothing was observed, the percentile lies among what never ended.
  const delays = finding.step === undefined ? DELAYS_PER_ORDER : DELAYS_PER_CALL;
  return observed === undefined || observed > limit + delays * delayMs;
}

/** Requests that failed because the platform answered so: no delay of the generator makes a 500. */
function isAnswered({ stage = '', step = '', comparison = '<', limit = 0, samples = 0 }: Finding, evidence: Evidence) {
  const errors = evidence.history.stages.get(stage)?.steps.get(step)?.errors ?? new Map<string, number>();
  const answered = Array.from(errors).filter(([code]) => code !== 'timeout' && !code.startsWith('network_'));
  const failed = answered.reduce((sum, [, times]) => sum + times, 0);
  return !holds(failed / Math.max(1, samples), comparison, limit);
}
