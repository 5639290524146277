// Whether the generator kept its own time: one that is late itself measures its own delay, not the platform's.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { percentileOf } from '../stats/percentile.ts';
import { type Checker, isPromised, isPromisedStage, stageNames } from './checker.ts';
import type { Evidence, Lateness } from './evidence.ts';
import { oncePerEvidence } from './once.ts';
import { loadsOf } from './stage-loads.ts';
import { duration } from './wording.ts';

/** A time bound is judged only while the generator's own delay is within this share of it. */
export const TOLERATED_SHARE = 0.1;
/** Nine seconds of ten must keep it: a single hiccup says nothing about a stage. */
const SECONDS_PERCENTILE = 90;

/** The generator's delay in one stage, in ms: `null` where it was not measured. */
export interface StageLateness {
  readonly lagMs: number | null;
  readonly overshootMs: number | null;
}

export const latenessOf = oncePerEvidence((evidence: Evidence): ReadonlyMap<string, StageLateness> => {
  const { lag = [], overshoot = [] } = evidence.timeline ?? {};
  return new Map(
    Array.from(loadsOf(evidence).stages, ([stage, { firstMs, lastMs }]) => {
      const during = ({ timeMs }: Lateness): boolean => timeMs >= firstMs - 1000 && timeMs <= lastMs;
      return [stage, { lagMs: typical(lag.filter(during)), overshootMs: typical(overshoot.filter(during)) }];
    }),
  );
});

/** The longer one of both delays; `null` when neither was measured. */
export function delayIn(lateness: StageLateness | undefined): number | null {
  const known = [lateness?.lagMs ?? null, lateness?.overshootMs ?? null].filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function typical(seconds: readonly Lateness[]): number | null {
  return percentileOf(Float64Array.from(seconds, ({ p99Ms }) => p99Ms).sort(), SECONDS_PERCENTILE);
}

export const generatorLateness: Checker = (evidence, bounds) => {
  const toleratedMs = toleratedIn(evidence, bounds);
  if (toleratedMs === null) return [];
  const stages = latenessOf(evidence);
  return stageNames(evidence).map((stage) => ({
    id: 'generator-lateness',
    kind: 'measurement',
    promised: isPromisedStage(evidence.run, stage),
    stage,
    ...judge(stages.get(stage), toleratedMs),
  }));
};

/** By the tightest of the promised time bounds. */
function toleratedIn({ run }: Evidence, bounds: readonly Bound[]): number | null {
  const limits = bounds.filter((bound) => bound.unit === 'ms' && bound.scope === 'stage' && isPromised(bound, run));
  return limits.length === 0 ? null : Math.min(...limits.map(({ limit }) => limit)) * TOLERATED_SHARE;
}

function judge(
  lateness: StageLateness | undefined,
  toleratedMs: number,
): Pick<Finding, 'status' | 'message' | 'observed'> {
  const delayMs = delayIn(lateness);
  if (delayMs === null) return { status: 'inconclusive', message: "the generator's own delay was not measured" };
  const parts = `timers ${said(lateness?.lagMs)}, pauses ${said(lateness?.overshootMs)}`;
  if (delayMs <= toleratedMs)
    return { status: 'pass', observed: delayMs, message: `the generator was late by ${parts}` };
  const message = `the generator was late itself by ${parts}, more than ${duration(toleratedMs)}: give it more processor`;
  return { status: 'inconclusive', observed: delayMs, message };
}

function said(ms: number | null | undefined): string {
  return ms == null ? 'unknown' : duration(ms);
}
