// A finding: what one checker says about one bound or rule. The only thing a verdict is made of.

import type { Comparison } from './bound.ts';
import type { Json } from './history.ts';

export type FindingStatus = 'pass' | 'fail' | 'inconclusive' | 'not-measured';

/**
 * What kind of promise it speaks about; decides the exit code of a `fail` (lib/model/exit-code.ts).
 * `heal`: a fault of ours may still be active · `integrity`: lost, contradicted, duplicated · `recovery`: not well in time ·
 * `bound`: another bound broken · `regression`: worse than the baseline · `stopped`: ended by a guard or by hand ·
 * `suite`: a defect of the suite itself · `measurement`: whether the run measured at all (fails never; inconclusive or pass).
 */
export type FindingKind =
  | 'heal'
  | 'integrity'
  | 'recovery'
  | 'bound'
  | 'regression'
  | 'stopped'
  | 'suite'
  | 'measurement';

export interface Finding {
  /** Bound id (`S1-ORDER-P90`) or rule (`conservation`, `history-complete`, `no-order-lost`). */
  readonly id: string;
  readonly kind: FindingKind;
  readonly status: FindingStatus;
  /** True when the profile promises it: then `inconclusive` and `not-measured` make the run inconclusive. */
  readonly promised: boolean;
  /** One sentence for a person: what was seen, against what, or why it could not be judged. */
  readonly message: string;
  readonly stage?: string;
  readonly step?: string;
  /** Key of the fault that it speaks about (lib/model/experiment.ts). */
  readonly fault?: string;
  /** `at-level`: only the orders that began while nine tenths of the stage's level were in flow. Absent: all of them. */
  readonly population?: 'at-level';
  readonly observed?: number;
  /** `>=` of what must at least be there, which is no bound. */
  readonly comparison?: Comparison | '>=';
  readonly limit?: number;
  readonly unit?: string;
  readonly samples?: number;
  /** Ids and figures behind it. Lists are cut to EVIDENCE_LIMIT entries, beside the full count. */
  readonly evidence?: Json;
  /** The target's reason for waiving this bound. */
  readonly waived?: string;
}

export const EVIDENCE_LIMIT = 1000;
