// How late the generator was itself in each stage, as the timeline tells it: its own timers, and the pauses of its shoppers.

import { MergedTimes } from '../stats/histogram.ts';
import type { DelayWindow, Evidence } from './evidence.ts';
import { oncePerEvidence } from './once.ts';
import { loadsOf, type StageLoad } from './stage-loads.ts';

const WINDOW_MS = 1000;
/** The timer is asked a hundred times a second, so each second of a stage has its window; so many of them must be there. */
const WATCHED_SHARE = 0.9;

/** Percentiles of the delays of one stage, in ms. */
export class StageDelays {
  /** False when the generator's timer was not watched nearly all the time: then nobody knows how late it was. */
  readonly isWatched: boolean;
  readonly #lag: MergedTimes;
  readonly #overshoot: MergedTimes;

  constructor({ firstMs, lastMs }: StageLoad, lag: readonly DelayWindow[], overshoot: readonly DelayWindow[]) {
    const during = ({ timeMs }: DelayWindow): boolean => timeMs > firstMs - WINDOW_MS && timeMs <= lastMs;
    const watched = lag.filter(during);
    this.isWatched =
      watched.length >= Math.floor(((lastMs - firstMs) / WINDOW_MS) * WATCHED_SHARE) && watched.length > 0;
    this.#lag = new MergedTimes(watched.map(({ hist }) => hist));
    this.#overshoot = new MergedTimes(overshoot.filter(during).map(({ hist }) => hist));
  }

  lagMs(percentile: number): number {
    return this.#lag.percentileMs(percentile);
  }

  /** 0 where there were no pauses. */
  overshootMs(percentile: number): number {
    return this.#overshoot.percentileMs(percentile);
  }

  /** The longer one of both. */
  delayMs(percentile: number): number {
    return Math.max(this.lagMs(percentile), this.overshootMs(percentile));
  }
}

/** By stage: as long as there is a line about one of its orders. */
export const delaysOf = oncePerEvidence((evidence: Evidence): ReadonlyMap<string, StageDelays> => {
  const { lag = [], overshoot = [] } = evidence.timeline ?? {};
  return new Map(
    Array.from(loadsOf(evidence).stages, ([stage, load]) => [stage, new StageDelays(load, lag, overshoot)]),
  );
});
