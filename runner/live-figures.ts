// The last seconds of a running load, read from the growing timeline: for the progress line, later for guards.

import type { TimelineEnd, TimelineLine } from '../lib/model/timeline.ts';
import { MergedTimes } from '../lib/stats/histogram.ts';
import { GrowingLines } from './growing-lines.ts';

/** How many seconds the figures cover. */
const WINDOW_S = 5;

export interface LiveFigures {
  /** Virtual users now: concurrent orders. */
  readonly users: number;
  /** Orders that were seen final, per second. */
  readonly ordersPerSecond: number;
  /** 90th percentile of the completion time of these orders, in ms; `null` when there were none. */
  readonly p90Ms: number | null;
  /** Orders since the start that did not end well as their shopper saw it. */
  readonly failedOrders: number;
}

/** Follows one timeline file. Reads only what has been added since the last look; a missing file is no figures yet. */
export class LiveTimeline {
  readonly #lines: GrowingLines;
  #users = 0;
  #failedOrders = 0;
  #completions: TimelineLine[] = [];

  constructor(path: string) {
    this.#lines = new GrowingLines(path);
  }

  look(): LiveFigures {
    for (const line of this.#newLines()) this.#take(line);
    const newestMs = this.#completions.at(-1)?.timeMs ?? 0;
    this.#completions = this.#completions.filter((line) => line.timeMs > newestMs - WINDOW_S * 1000);
    const orders = this.#completions.reduce((sum, line) => sum + line.count, 0);
    return {
      users: this.#users,
      ordersPerSecond: orders / WINDOW_S,
      p90Ms: orders === 0 ? null : this.#p90Ms(),
      failedOrders: this.#failedOrders,
    };
  }

  #p90Ms(): number {
    const histograms = this.#completions.map(({ hist }) => hist).filter((hist) => hist !== undefined);
    return new MergedTimes(histograms).percentileMs(90);
  }

  #take(line: TimelineLine): void {
    if (line.metric === 'order_completion_time') this.#completions.push(line);
    if (line.metric === 'order_failed') this.#failedOrders += line.value;
    if (line.metric === 'vus') this.#users = line.value;
  }

  *#newLines(): Generator<TimelineLine> {
    for (const text of this.#lines.look()) {
      const line = timelineLineOf(text);
      if (line !== null && 'metric' in line) yield line;
    }
  }
}

/** `null` for a line that is damaged: the display must never end a run; the checkers will find it. */
export function timelineLineOf(text: string): TimelineLine | TimelineEnd | null {
  try {
    return JSON.parse(text) as TimelineLine | TimelineEnd;
  } catch {
    return null;
  }
}
