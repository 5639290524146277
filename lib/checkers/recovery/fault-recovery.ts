// How long a platform took to be well again after each fault, by what its customers saw: the probes (lib/model/probe.ts).

import type { Evidence } from '../evidence.ts';
import type { FaultRecord } from '../faults/fault-record.ts';
import { oncePerEvidence } from '../once.ts';
import { type Outage, type ProbeView, viewProbes } from './outages.ts';

export interface FaultRecovery {
  readonly fault: FaultRecord;
  /** Outages that were not over when the fault struck, and began before the next one did. */
  readonly outages: readonly Outage[];
  /** The first probe that broke was known to be broken; `null` when none broke. */
  readonly detectedMs: number | null;
  /**
   * The first moment after the strike from which all probes succeeded for the settle time, and until this had passed since the effect was
   * seen; `null` when there was none.
   */
  readonly restoredMs: number | null;
  /** The first such moment after healing began; `null` also when it never did. */
  readonly wellMs: number | null;
  /** From when the bound counts: from heal for a fault that lasts, from the (last) strike for one that does not. `null`: it was never healed. */
  readonly referenceMs: number | null;
  /** The moment from which on it is well, counted as the bound wants it. */
  readonly recoveredMs: number | null;
  /** Of strikes in turn, all but the last: the longest time from one of them to the end of the last outage before the next. */
  readonly longestBeforeMs: number;
  /** The next fault that struck when this one was over: it makes unknown how this one would have gone on. `null`: there was none. */
  readonly nextStruckMs: number | null;
  /** Until then probes told of this fault: the load went on, and no other fault struck. */
  readonly watchedUntilMs: number;
  /** Probes came all the time from the strike to the recovery, or to the end of the watch: otherwise nobody knows how the platform was. */
  readonly isWatched: boolean;
  /** The same to the end of the watch: otherwise nobody knows whether it stayed well. */
  readonly isWatchedAfterwards: boolean;
  /** After it had recovered it broke once more, without another fault: for so long in all. */
  readonly relapsedMs: number;
  /** It was known to be broken before anything was struck, too: then nobody knows that an outage later on was the fault's. */
  readonly wasUnsteady: boolean;
}

/** What the probes show of the whole run; `null` where there were none. */
export const probesOf = oncePerEvidence(({ run, history, chaos }: Evidence): ProbeView | null => {
  const { probe } = run.profile;
  if (probe === undefined || history.probes.length === 0) return null;
  const firstStrikeMs = Math.min(...(chaos?.faults ?? []).map(({ struckMs }) => struckMs));
  return viewProbes(history.probes, probe, firstStrikeMs);
});

/** One for each fault that was seen to strike, in their order; empty where nobody probed. */
export const recoveriesOf = oncePerEvidence((evidence: Evidence): readonly FaultRecovery[] => {
  const view = probesOf(evidence);
  const settleMs = evidence.run.profile.probe?.settleMs;
  if (view === null || settleMs === undefined) return [];
  const faults = (evidence.chaos?.faults ?? []).filter(({ inject }) => inject !== 'fail');
  const firstStrikeMs = Math.min(...faults.map(({ struckMs }) => struckMs));
  const wasUnsteady = view.outages.some((outage) => wasBefore(outage, firstStrikeMs));
  return faults.map((fault) => ({
    ...recoveryOf(fault, nextStruck(fault, faults), { view, settleMs }),
    wasUnsteady,
  }));
});

/** A probe that was on its way at the strike and broke by it has its broken step begun before: that alone is no outage before. */
function wasBefore({ detectedMs, toMs }: Outage, strikeMs: number): boolean {
  return detectedMs < strikeMs || (toMs !== null && toMs <= strikeMs);
}

function nextStruck(fault: FaultRecord, faults: readonly FaultRecord[]): number | null {
  const overMs = overOf(fault);
  return faults.find(({ struckMs }) => struckMs > overMs)?.struckMs ?? null;
}

function overOf({ healedMs, healBeganMs, struckMs }: FaultRecord): number {
  return healedMs ?? healBeganMs ?? struckMs;
}

interface Watched {
  readonly view: ProbeView;
  readonly settleMs: number;
}

function recoveryOf(
  fault: FaultRecord,
  nextStruckMs: number | null,
  { view, settleMs }: Watched,
): Omit<FaultRecovery, 'wasUnsteady'> {
  const watchedUntilMs = Math.min(view.untilMs, nextStruckMs ?? view.untilMs);
  const { struckMs, strikesMs, effectMs, healBeganMs, lasting } = fault;
  const outages = view.outages.filter(({ fromMs, toMs }) => fromMs < watchedUntilMs && (toMs ?? Infinity) > struckMs);
  const wellFrom = (sinceMs: number | null, seenMs = sinceMs): number | null =>
    sinceMs === null
      ? null
      : firstWell({ sinceMs, seenMs: seenMs ?? sinceMs }, outages, { settleMs, untilMs: watchedUntilMs });
  const referenceMs = lasting ? healBeganMs : (strikesMs.at(-1) ?? struckMs);
  const recoveredMs = lasting ? wellFrom(healBeganMs) : wellFrom(referenceMs, effectMs);
  return {
    fault,
    outages,
    detectedMs: outages[0]?.detectedMs ?? null,
    restoredMs: wellFrom(struckMs, effectMs),
    wellMs: wellFrom(healBeganMs),
    referenceMs,
    recoveredMs,
    longestBeforeMs: lasting ? 0 : longestBefore(strikesMs, outages, watchedUntilMs),
    nextStruckMs,
    watchedUntilMs,
    isWatchedAfterwards: !view.gaps.some(({ fromMs, toMs }) => toMs > struckMs && fromMs < watchedUntilMs),
    isWatched: !view.gaps.some(({ fromMs, toMs }) => toMs > struckMs && fromMs < (recoveredMs ?? watchedUntilMs)),
    relapsedMs: recoveredMs === null ? 0 : relapseMs(outages, recoveredMs, watchedUntilMs),
  };
}

/**
 * The first moment from `sinceMs` on that no outage disturbs for the settle time, nor until the settle time after `seenMs`; `null` when it was
 * not watched for so long. What strikes slowly has its outage late: that all was well until then is no recovery.
 */
function firstWell(
  { sinceMs, seenMs }: { readonly sinceMs: number; readonly seenMs: number },
  outages: readonly Outage[],
  { settleMs, untilMs }: { readonly settleMs: number; readonly untilMs: number },
): number | null {
  let wellMs = sinceMs;
  for (const { fromMs, toMs } of outages) {
    if (fromMs >= Math.max(wellMs, seenMs) + settleMs) break;
    if (toMs === null) return null;
    wellMs = Math.max(wellMs, toMs);
  }
  return Math.max(wellMs, seenMs) + settleMs <= untilMs ? wellMs : null;
}

function longestBefore(strikesMs: readonly number[], outages: readonly Outage[], untilMs: number): number {
  const lengths = strikesMs.slice(0, -1).map((strikeMs, index) => {
    const nextMs = strikesMs[index + 1] ?? untilMs;
    const its = outages.filter(({ fromMs, toMs }) => fromMs < nextMs && (toMs ?? untilMs) > strikeMs);
    return Math.max(0, ...its.map(({ toMs }) => (toMs ?? untilMs) - strikeMs));
  });
  return Math.max(0, ...lengths);
}

function relapseMs(outages: readonly Outage[], recoveredMs: number, untilMs: number): number {
  return outages
    .filter(({ fromMs }) => fromMs >= recoveredMs)
    .reduce((sum, { fromMs, toMs, quietMs }) => sum + (toMs ?? quietMs ?? untilMs) - fromMs, 0);
}
