// Folds what the timeline tells of the generator itself: how late its timers and its shoppers were. No bound is judged by anything else in it.

import { GENERATOR_LAG, THINK_TIME_OVERSHOOT, type TimelineEnd, type TimelineLine } from '../model/timeline.ts';
import { isHistogram } from '../stats/histogram.ts';
import type { DelayWindow, FoldedTimeline } from './evidence.ts';

/** Add every line of the file that concerns it, pass over all others, then take the result once. */
export class TimelineFold {
  #lines = 0;
  #damaged = 0;
  readonly #lag: DelayWindow[] = [];
  readonly #overshoot: DelayWindow[] = [];
  #end: TimelineEnd | null = null;

  /** False for the text of a line that `add` would pass over: most lines need not even be parsed. */
  static concerns(text: string): boolean {
    return text.includes(GENERATOR_LAG) || text.includes(THINK_TIME_OVERSHOOT) || text.includes('"end"');
  }

  /** Counts a line that cannot be read, or that does not concern it. */
  passOver(): void {
    this.#lines += 1;
  }

  add(line: TimelineLine | TimelineEnd): void {
    this.#end = 'type' in line ? line : null;
    if ('type' in line) return;
    this.#lines += 1;
    if (line.hist === undefined) return;
    const window = { timeMs: line.timeMs, hist: line.hist };
    // Decoded for this alone, and again where it is merged: that takes 0.03 ms, a decoded one some 100 kB.
    if (!isHistogram(line.hist)) this.#damaged += 1;
    else if (line.metric === GENERATOR_LAG) this.#lag.push(window);
    else if (line.metric === THINK_TIME_OVERSHOOT) this.#overshoot.push(window);
  }

  result(): FoldedTimeline {
    return { end: this.#end, lines: this.#lines - this.#damaged, lag: this.#lag, overshoot: this.#overshoot };
  }
}
