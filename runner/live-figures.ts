// The last seconds of a running load, for the progress line.

import type { TimelineLine } from '../lib/model/timeline.ts';
import { MergedTimes } from '../lib/stats/histogram.ts';
import { GrowingTimeline } from './growing-timeline.ts';

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

/** Follows one timeline file; a missing one is no figures yet. */
export class LiveTimeline {
  readonly #timeline: GrowingTimeline;
  #users = 0;
  #failedOrders = 0;
  /** Of lines of any kind: a platform that completes nothing any more must not look as it did before. */
  #newestMs = 0;
  #completions: TimelineLine[] = [];

  constructor(path: string) {
    this.#timeline = new GrowingTimeline(path);
  }

  look(): LiveFigures {
    for (const line of this.#timeline.look()) this.#take(line);
    const oldestMs = this.#newestMs - WINDOW_S * 1000;
    this.#completions = this.#completions.filter((line) => line.timeMs > oldestMs);
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
    this.#newestMs = Math.max(this.#newestMs, line.timeMs);
    if (line.metric === 'order_completion_time') this.#completions.push(line);
    if (line.metric === 'order_failed') this.#failedOrders += line.value;
    if (line.metric === 'vus') this.#users = line.value;
  }
}
