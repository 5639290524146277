// verdict.json: what a run says in the end. Everything a report shows stands here.

import type { ChaosReport } from './chaos-report.ts';
import type { ExitCode } from './exit-code.ts';
import type { Finding } from './finding.ts';
import type { MessageFigures } from './message.ts';
import type { Fate } from './order.ts';

export const VERDICT_VERSION = 1;

export type VerdictWord = 'pass' | 'fail' | 'inconclusive' | 'stopped';

/** Milliseconds. `null` where the percentile falls among orders that never became final. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p98: number | null;
  readonly max: number | null;
}

/** One line of the report per stage. */
export interface StageReport {
  readonly stage: string;
  readonly users: number;
  /** The most users in flow at once, between their first call and the end of their order. */
  readonly usersInFlow: number;
  /** The most orders at once that were submitted and not yet seen final. */
  readonly submittedNotFinal: number;
  readonly begun: number;
  readonly submitted: number;
  readonly completed: number;
  /** Completed orders per second over the length of the stage. */
  readonly completedPerSecond: number;
  /** Over all orders submitted in the stage; those without an end count as slower than any bound. */
  readonly completion: Percentiles;
  readonly flow: Percentiles;
  /** Over the orders that began while nine tenths of the stage's level were in flow. */
  readonly atLevel: { readonly submitted: number; readonly completion: Percentiles; readonly flow: Percentiles };
  /** The step with the largest share of requests that did not end ok; the status polls are one. */
  readonly worstStep: { readonly step: string; readonly failedShare: number } | null;
}

export interface OperationCounts {
  readonly begun: number;
  readonly ok: number;
  readonly fail: number;
  /** Unknown outcomes, invokes without a completion among them. */
  readonly info: number;
}

export interface Verdict {
  readonly v: typeof VERDICT_VERSION;
  readonly run: string;
  readonly scenario: string;
  readonly profile: string;
  readonly target: string;
  /** Bugs that the target was started with on purpose, `name=share` each; absent when none were. */
  readonly plantedDefects?: readonly string[];
  readonly startedMs: number;
  readonly endedMs: number;
  readonly word: VerdictWord;
  readonly exitCode: ExitCode;
  /** Why this word: the deciding findings in one sentence. */
  readonly because: string;
  readonly findings: readonly Finding[];
  readonly stages: readonly StageReport[];
  readonly operations: OperationCounts;
  readonly orders: {
    readonly begun: number;
    readonly acknowledged: number;
    readonly fates: Readonly<Record<Fate, number>>;
    /** Orders with an effect more than once. */
    readonly duplicated: number;
  };
  /** Present where something was broken on purpose. */
  readonly chaos?: ChaosReport;
  /** Present where messages were followed; there are no orders and no stages then. */
  readonly messages?: MessageFigures;
  /** What a run of this kind shows about durability, and what it does not. */
  readonly durability: string;
}
