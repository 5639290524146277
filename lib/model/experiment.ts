// An experiment as the files of a run hold it: what was to be done, how the gate before it ended, and what each fault's operations say.

import type { Json } from './history.ts';

/** When a fault is due: so long after the load began, when so many orders are in flow, or when a queue holds so many messages. */
export type Trigger =
  | { readonly atS: number }
  | { readonly atUsers: number }
  | { readonly atQueue: { readonly name: string; readonly messages: number } };

/** One fault of an experiment's method. */
export interface PlannedFault {
  /** Key of its operations in chaos.ndjson, unique in the run: the fault's name, with `#2` and so on when it comes again. */
  readonly key: string;
  /** Name of the fault (chaos/faults). */
  readonly fault: string;
  readonly options: Json;
  /** Absent: as soon as what stands before it in the method is healed. */
  readonly when?: Trigger;
  /** How long it stays on; `null` for one that is over at once. */
  readonly durationMs: number | null;
}

/** A figure of the last seconds of the load, and what it must be. */
export interface Condition {
  /**
   * Of windows of 1 s: `orders-per-s` (seen final), `failed-share` (of the orders that ended, 0 to 1), `p90-ms` (completion time),
   * `users` (in flow).
   */
  readonly figure: 'orders-per-s' | 'failed-share' | 'p90-ms' | 'users';
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** How the question ended whether the system was well before anything was broken. */
export interface GateResult {
  readonly steady: boolean;
  readonly timeMs: number;
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
  /** `null` until it was asked. */
  readonly gate: GateResult | null;
  readonly guard: GuardBreak | null;
  /** Faults that could not be made on this machine, each with the reason: the run is inconclusive. */
  readonly impossible: readonly { readonly key: string; readonly reason: string }[];
  /** Intents that still stood on disk when the run ended: these faults may be active. */
  readonly left: readonly string[];
}

/** `value` of an `inject` invoke; that of its `ok` is the effect seen. An `info` says that no effect was seen. */
export type InjectValue = {
  readonly fault: string;
  readonly options: Json;
  readonly intent: Json;
  /** True: the fault is on until its `heal`, whose invoke is the moment from which recovery is counted. */
  readonly lasting: boolean;
};
