// Folds what the timeline tells of the generator itself: how late its timers and its shoppers were. No bound is judged by anything else in it.

import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { GENERATOR_LAG, THINK_TIME_OVERSHOOT, type TimelineEnd, type TimelineLine } from '../model/timeline.ts';
import type { FoldedTimeline, Lateness } from './evidence.ts';

const MICROSECONDS_PER_MS = 1000;

/** Add every line of the file, then take the result once. */
export class TimelineFold {
  readonly #lag: Lateness[] = [];
  readonly #overshoot: Lateness[] = [];
  #end: TimelineEnd | null = null;

  /** True for the text of a line that `add` would not pass over: most lines need not even be parsed. */
  static concerns(text: string): boolean {
    return text.includes(GENERATOR_LAG) || text.includes(THINK_TIME_OVERSHOOT) || text.includes('"end"');
  }

  add(line: TimelineLine | TimelineEnd): void {
    this.#end = 'type' in line ? line : null;
    if ('type' in line || line.hist === undefined) return;
    if (line.metric === GENERATOR_LAG) this.#lag.push(latenessOf(line, line.hist));
    if (line.metric === THINK_TIME_OVERSHOOT) this.#overshoot.push(latenessOf(line, line.hist));
  }

  result(): FoldedTimeline {
    return { end: this.#end, lag: this.#lag, overshoot: this.#overshoot };
  }
}

function latenessOf({ timeMs }: TimelineLine, hist: string): Lateness {
  const p99Us = decodeFromCompressedBase64(hist).getValueAtPercentile(99);
  return { timeMs, p99Ms: p99Us / MICROSECONDS_PER_MS };
}
