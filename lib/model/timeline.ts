// The timeline: one line per second × metric × stage × step, for pictures, guards and comparisons. Written by the k6 output `stampede`.

export const TIMELINE_VERSION = 1;

/** Trend in ms: by how much the generator woke later than it had asked for, a hundred times a second. Written by the output itself. */
export const GENERATOR_LAG = 'generator_lag';
/** Trend in ms: by how much a shopper's pause was longer than it was drawn. */
export const THINK_TIME_OVERSHOOT = 'think_time_overshoot';

/**
 * One window of one series. Several lines may share a second (late samples): they are merged by adding.
 * `hist` is an HdrHistogram V2 (compressed, base64) of integer microseconds for time trends, of the plain value otherwise, 3 significant digits.
 */
export interface TimelineLine {
  readonly v: typeof TIMELINE_VERSION;
  readonly run: string;
  readonly generator: string;
  /** Start of the window: whole seconds, in epoch milliseconds. */
  readonly timeMs: number;
  readonly windowMs: number;
  readonly metric: string;
  readonly kind: 'trend' | 'counter' | 'gauge' | 'rate';
  readonly stage?: string;
  readonly step?: string;
  /** Samples in the window. */
  readonly count: number;
  /** Counter: sum. Gauge: last value. Rate: number of non-zero samples. Trend: sum in the metric's unit (ms). */
  readonly value: number;
  readonly hist?: string;
}

/** Last line of timeline.ndjson. */
export interface TimelineEnd {
  readonly v: typeof TIMELINE_VERSION;
  readonly run: string;
  readonly generator: string;
  readonly type: 'end';
  readonly lines: number;
  readonly lostLines: number;
  /** Samples of series beyond the cap on their number; absent when 0. */
  readonly droppedSamples?: number;
  /** Samples outside the histogram's range, counted at its end; absent when 0. */
  readonly clampedSamples?: number;
}
