// run.json: the facts about one run. What was to be done, with what, on what, and how it ended. Holds no secret.

import type { Bound, Customer } from './bound.ts';
import type { ExperimentRun } from './experiment.ts';
import type { ClockReading } from './history.ts';
import type { MessageRun } from './message.ts';
import type { Profile } from './profile.ts';
import type { TapSummary } from './tapped.ts';

export const RUN_VERSION = 1;

/** Why a run ended before its plan did. */
export interface Interruption {
  /** `gate`: the system was not well before anything was broken, so nothing was. */
  readonly by: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'guard' | 'gate' | 'generator-died';
  readonly timeMs: number;
  readonly reason: string;
}

export interface GeneratorExit {
  readonly generator: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** The time between the end of the load and the final reads. */
export interface Settle {
  readonly startedMs: number;
  readonly endedMs: number;
  /** Bound after which an order that is not final is stuck. */
  readonly stuckAfterMs: number;
  readonly allFinal: boolean;
}

/** A target as it may be shown: addresses and names, no secret. */
export interface TargetSummary {
  readonly name: string;
  readonly embedded: boolean;
  readonly flow: string;
  readonly baseUrls: Readonly<Record<string, string>>;
  /** What the suite was given to read with; what is absent is reported as not measured. */
  readonly capabilities: readonly ('effects' | 'totals' | 'broker' | 'database' | 'events')[];
  readonly waivers: readonly { readonly bound: string; readonly reason: string }[];
  /** What each look at the platform must tell of: names of queues and databases by metric (lib/model/evidence.ts). */
  readonly watched?: Readonly<Record<string, readonly string[]>>;
  /** What of the platform's events is tapped; absent without a tap. */
  readonly tap?: TapSummary;
  /** Whose promises the target is held to; absent for the usual ones. */
  readonly promises?: Customer;
  /** `name=share` each; absent when nothing was planted. */
  readonly plantedDefects?: readonly string[];
}

export interface RunRecord {
  readonly v: typeof RUN_VERSION;
  readonly run: string;
  readonly suiteVersion: string;
  readonly scenario: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly target: TargetSummary;
  /** All of thresholds.ts as it stood then: judging again, years later, uses these. */
  readonly bounds: readonly Bound[];
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly load: { readonly startedMs: number; readonly endedMs: number } | null;
  readonly settle: Settle | null;
  /** Present in runs whose subject is messages, not orders. */
  readonly messages?: MessageRun;
  /** Present in runs with faults on orders. */
  readonly experiment?: ExperimentRun;
  readonly generators: readonly GeneratorExit[];
  readonly interruption: Interruption | null;
  /** Both clocks at start and end, as the suite's own process read them. */
  readonly clocks: readonly ClockReading[];
  readonly versions: Readonly<Record<string, string>>;
  /** Things that went wrong without ending the run (an effects query that failed, …), each with where. */
  readonly troubles: readonly { readonly where: string; readonly message: string }[];
}
