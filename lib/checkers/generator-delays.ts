// How late the generator was itself in each stage, as the timeline tells it: its own timers, and the pauses of its shoppers.

import { build, decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { DelayWindow, Evidence } from './evidence.ts';
import { oncePerEvidence } from './once.ts';
import { loadsOf } from './stage-loads.ts';

const MICROSECONDS_PER_MS = 1000;
const WINDOW_MS = 1000;

/** Percentiles of the delays of one stage, in ms; `null` where none were measured. */
export class StageDelays {
  readonly #lag: Histogram | null;
  readonly #overshoot: Histogram | null;

  constructor(lag: readonly DelayWindow[], overshoot: readonly DelayWindow[]) {
    this.#lag = merged(lag);
    this.#overshoot = merged(overshoot);
  }

  lagMs(percentile: number): number | null {
    return valueAt(this.#lag, percentile);
  }

  overshootMs(percentile: number): number | null {
    return valueAt(this.#overshoot, percentile);
  }

  /** The longer one of both. */
  delayMs(percentile: number): number | null {
    const known = [this.lagMs(percentile), this.overshootMs(percentile)].filter((ms) => ms !== null);
    return known.length === 0 ? null : Math.max(...known);
  }
}

/** By stage: between the first and the last order that began in it. */
export const delaysOf = oncePerEvidence((evidence: Evidence): ReadonlyMap<string, StageDelays> => {
  const { lag = [], overshoot = [] } = evidence.timeline ?? {};
  return new Map(
    Array.from(loadsOf(evidence).stages, ([stage, { firstMs, lastMs }]) => {
      const during = ({ timeMs }: DelayWindow): boolean => timeMs > firstMs - WINDOW_MS && timeMs <= lastMs;
      return [stage, new StageDelays(lag.filter(during), overshoot.filter(during))];
    }),
  );
});

function merged(windows: readonly DelayWindow[]): Histogram | null {
  if (windows.length === 0) return null;
  const sum = build({ numberOfSignificantValueDigits: 3, autoResize: true });
  for (const { hist } of windows) sum.add(decodeFromCompressedBase64(hist));
  return sum;
}

function valueAt(histogram: Histogram | null, percentile: number): number | null {
  return histogram === null ? null : histogram.getValueAtPercentile(percentile) / MICROSECONDS_PER_MS;
}
