// A bound: one promised number. All bounds stand in thresholds.ts; checkers judge them and never invent one.

export type Comparison = '<' | '<=' | '==';

/** How a metric's samples become the one number that is compared. */
export type Aggregate =
  | { readonly percentile: number }
  | { readonly share: 'failed' }
  | { readonly count: 'total' }
  | { readonly max: 'value' };

export interface Bound {
  /** Stable id, e.g. `S1-ORDER-P90`; the same word in findings, reports and waivers. */
  readonly id: string;
  /** What is measured, e.g. `order_completion_time`. */
  readonly metric: string;
  readonly aggregate: Aggregate;
  readonly comparison: Comparison;
  readonly limit: number;
  readonly unit: 'ms' | 'ratio' | 'orders' | 'messages' | 'deadlocks' | 'operations';
  /** Id of the requirement that it comes from. */
  readonly source: string;
  /** Why this number, in one sentence. */
  readonly why: string;
  /** Fewer samples than this give `inconclusive`. Percentiles add their own rule (see lib/stats/share.ts). */
  readonly minimumSamples: number;
  /** Judged per stage, or once over the run. */
  readonly scope: 'stage' | 'run';
  /** Names of the profiles that promise it. */
  readonly promisedBy: readonly string[];
  /** The platforms that were promised it: a target file names one of them (`promises`). */
  readonly promisedTo: readonly Customer[];
}

/** The platforms whose promises stand in thresholds.ts; S1 is the one that a target is held to unless it says otherwise. */
export const CUSTOMERS = ['S1', 'S2', 'S3', 'S4', 'S5'] as const;
export type Customer = (typeof CUSTOMERS)[number];
export const USUAL_CUSTOMER: Customer = 'S1';

/** Whether a run with this profile on a target with these promises is held to the bound. */
export function isHeldTo(bound: Bound, profile: string, promises: Customer = USUAL_CUSTOMER): boolean {
  return bound.promisedBy.includes(profile) && bound.promisedTo.includes(promises);
}
