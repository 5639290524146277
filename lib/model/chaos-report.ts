// What a run with faults says of them in the end: a part of verdict.json. Times are epoch milliseconds, lengths milliseconds.

import type { Json } from './history.ts';

export interface FaultReport {
  /** Key of its operations in chaos.ndjson. */
  readonly key: string;
  /** Whom it struck, as it was written down before. */
  readonly intent: Json;
  readonly lasting: boolean;
  readonly struckMs: number;
  /** It was seen to have an effect. */
  readonly effectSeen: boolean;
  readonly healBeganMs: number | null;
  /** `null`: a fault of ours may still be active. */
  readonly healedMs: number | null;
  readonly complaint: string | null;
  /** When the first broken probe was known to be broken, before the strike where something was broken already; `null` when none broke. */
  readonly detectedMs: number | null;
  /** From when on no probe broke for the settle time, as the bound counts it; `null` when that was not seen. */
  readonly recoveredMs: number | null;
  /** To the first such moment after the strike, after the first broken probe, and after healing began. */
  readonly fromInjectMs: number | null;
  readonly fromFirstBrokenMs: number | null;
  readonly fromHealMs: number | null;
  /** From the strike, or from when healing began where the fault lasts, until the queues were as before the strike; `null` when that was not seen. */
  readonly drainMs: number | null;
  /** Orders acknowledged from the strike until all was well again. */
  readonly accepted: number;
  /** Orders that got no acknowledgement in that time. */
  readonly turnedAway: number;
  readonly atRisk: number;
  readonly lostAtRisk: number;
}

/** How long recovery took by the clock that its bound goes by: from heal for a fault that lasts, from inject for one that is over at once. `null`: that was not seen. */
export function recoveryMsOf({ lasting, fromHealMs, fromInjectMs }: FaultReport): number | null {
  return lasting ? fromHealMs : fromInjectMs;
}

export interface OutageReport {
  readonly fromMs: number;
  /** `null`: its end was not seen. */
  readonly toMs: number | null;
  /** It is known to have lasted until then: to its end, or, where that was not seen, until probes went well once more or came no more. */
  readonly lastedUntilMs: number;
  readonly brokenProbes: number;
  readonly step: string | null;
  readonly code: string | null;
}

/** A piece of the load, for the picture. */
export interface LoadWindow {
  readonly acknowledged: number;
  /** Seen final by their shoppers, and completed. */
  readonly completed: number;
  readonly probes: number;
  readonly brokenProbes: number;
}

export interface ChaosReport {
  /** `null` in runs that follow no experiment. */
  readonly experiment: string | null;
  readonly faults: readonly FaultReport[];
  readonly outages: readonly OutageReport[];
  readonly startedMs: number;
  /** When the load had ended; the last window may reach beyond it. */
  readonly endedMs: number;
  readonly windowMs: number;
  /** One after the other from `startedMs` on. */
  readonly windows: readonly LoadWindow[];
}
