// Histograms as the timeline holds them: merged by adding, percentiles in milliseconds.

import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js';

const MICROSECONDS_PER_MS = 1000;

/** Percentiles of times in ms over all that is merged into it. */
export class MergedTimes {
  readonly #histogram = build({ numberOfSignificantValueDigits: 3, autoResize: true });

  /** `encoded`: a `hist` of lib/model/timeline.ts, each. */
  constructor(encoded: Iterable<string>) {
    // Packed: arrays outside the heap, one for each second of the run, would have the whole heap collected again and again.
    for (const hist of encoded) this.#histogram.add(decodeFromCompressedBase64(hist, 'packed'));
  }

  /** 0 when nothing was merged. */
  percentileMs(percentile: number): number {
    return this.#histogram.getValueAtPercentile(percentile) / MICROSECONDS_PER_MS;
  }
}

/** Whether a `hist` of the timeline can be read. */
export function isHistogram(encoded: string): boolean {
  try {
    decodeFromCompressedBase64(encoded);
    return true;
  } catch {
    return false;
  }
}
