// An experiment as the files of a run hold it: what was to be done, how the gate before it ended, and what each fault's operations say.

import type { Json } from './history.ts';

/**
 * When a fault is due: so long after the load began, so long after the gate and whatever stands before it in the method, when so many
 * orders are in flow, or when a queue holds so many messages. A level that is never reached leaves the fault undone, and the run inconclusive.
 */
export type Trigger =
  | { readonly atS: number }
  | { readonly afterS: number }
  | { readonly atUsers: number }
  | { readonly atQueue: { readonly name: string; readonly messages: number } };

/**
 * What the load of every experiment has beside the length that it says: how long its level is approached and left, and for how long no probe
 * may break until the platform counts as well again.
 */
export const EXPERIMENT_LOAD = { rampS: 10, downS: 5, settleMs: 5_000 } as const;

/** One fault of an experiment's method. */
export interface PlannedFault {
  /** Key of its operations in chaos.ndjson, unique in the run: the fault's name, with `#2` and so on when it comes again. */
  readonly key: string;
  /** Name of the fault (chaos/faults). */
  readonly fault: string;
  readonly options: Json;
  readonly when: Trigger;
  /** How long it stays on; `null` for one that is over at once. */
  readonly durationMs: number | null;
}

/** A figure of the last seconds of the load, and what it must be. */
export interface Condition {
  /**
   * Of windows of 1 s: `orders-per-s` (seen final), `failed-share` (of the orders that ended, 0 to 1), `p90-ms` (completion time),
   * `users` (in flow), `probe-failed-share` (of the probes that were due, 0 to 1).
   */
  readonly figure: 'orders-per-s' | 'failed-share' | 'p90-ms' | 'users' | 'probe-failed-share';
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** How the question ended whether the system was in its steady state: before anything was broken, and after all was healed. */
export interface Steadiness {
  readonly steady: boolean;
  /** When it was first asked. */
  readonly sinceMs: number;
  /** When the question ended: it was steady, or it was too late. */
  readonly timeMs: number;
  /** How long it may take. */
  readonly limitMs: number;
  /** What was not as it must be; `null` when all was. */
  readonly problem: string | null;
}

/** A guard that broke: healing begins as soon as it is seen. */
export interface GuardBreak {
  readonly message: string;
  /** End of the window that broke it. */
  readonly windowEndMs: number;
  readonly seenMs: number;
}

/** The part of run.json that a run with faults has: present before anything is injected. */
export interface ExperimentRun {
  readonly name: string;
  readonly about: string;
  readonly faults: readonly PlannedFault[];
  /** Before: `null` until it was asked. Unless it was steady, nothing was injected. */
  readonly gate: Steadiness | null;
  /** During: `null` as long as no guard broke. */
  readonly guard: GuardBreak | null;
  /** After the last heal, while the load goes on: `null` until it was asked, and where it was not (a run that was stopped). */
  readonly judge: Steadiness | null;
  /** Faults that could not be made on this machine, each with the reason: the run is inconclusive. */
  readonly impossible: readonly { readonly key: string; readonly reason: string }[];
  /** Ids of the intents whose faults this suite had not seen healed when the run ended: they may be active. What is on disk may differ: a watchdog goes on healing. */
  readonly left: readonly string[];
  /** The command that heals what was left on this target; absent in runs of earlier versions. */
  readonly sweep?: string;
}

/** `value` of an `inject` invoke; that of its `ok` is the effect seen. An `info` says that no effect was seen. */
export type InjectValue = {
  readonly fault: string;
  readonly options: Json;
  readonly intent: Json;
  /** True: the fault is on until its `heal`, whose invoke is the moment from which recovery is counted. */
  readonly lasting: boolean;
};
