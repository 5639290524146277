// A profile: the load shape of a run, and what it promises. Data only; lib/workload/profiles.ts holds the list.

import type { ProbePlan } from './probe.ts';

/** A part of the load: ramp to a level of concurrent orders, then hold it. An order belongs to the stage in which it began. */
export interface Stage {
  readonly name: string;
  /** Concurrent orders at the end of the ramp. */
  readonly users: number;
  readonly rampS: number;
  readonly holdS: number;
  /** False for the way down: its bounds are judged, but too few orders there do not make the run inconclusive. */
  readonly promised: boolean;
}

/** A shopper's pause between two steps, drawn uniformly. Never counted as the system's time. */
export interface ThinkTime {
  readonly minMs: number;
  readonly maxMs: number;
}

export interface Profile {
  readonly name: string;
  readonly about: string;
  readonly stages: readonly Stage[];
  readonly thinkTime: ThinkTime;
  /** Share of orders that are submitted twice, to see whether the platform is idempotent. */
  readonly resubmitShare: number;
  readonly httpTimeoutMs: number;
  /** How long one virtual user waits for its order to become final before it goes on; the final read still follows. */
  readonly awaitTimeoutMs: number;
  /** Settle wait: an acknowledged order that is not final by then is stuck. */
  readonly stuckAfterMs: number;
  /** Present in profiles under which something is broken on purpose. */
  readonly probe?: ProbePlan;
}

/** Planned length of a stage in ms. */
export function stageMs({ rampS, holdS }: Stage): number {
  return (rampS + holdS) * 1000;
}

/** Planned length of the load in ms, without the time that open orders get to end. */
export function plannedLoadMs(profile: Profile): number {
  return profile.stages.reduce((sumMs, stage) => sumMs + stageMs(stage), 0);
}
