// The probe: small orders that come at a constant rate, whatever became of those before them, to see from when to when a platform works.

import type { Json } from './history.ts';

/** `f` of the operation that spans one probe: `ok` when its order was seen completed in time, `fail` when it was not. Its key is the order's. */
export const PROBE = 'probe';
/** Stage of the probes' orders. No stage of a profile: their times are in no figure of the load. */
export const PROBE_STAGE = 'probe';

/** How a platform is probed: a part of the profile. */
export interface ProbePlan {
  /** Probes begun per second; 20 at least, so that a moment is known to a twentieth of a second. */
  readonly rateHz: number;
  /** A probe whose order is not seen completed by then is broken. */
  readonly timeoutMs: number;
  /** A platform is well again when no probe broke for so long. */
  readonly settleMs: number;
}

/** `value` of a broken probe's completion. */
export type BrokenProbe = {
  /** The step that did not go well. */
  readonly step: string;
  /** When that step was begun: until then all was well. */
  readonly sinceMs: number;
} & { readonly [key: string]: Json };

/** Rate: probes that broke. */
export const PROBE_FAILED = 'probe_failed';
/** Trend in ms: how long the others took. */
export const PROBE_TIME = 'probe_time';
