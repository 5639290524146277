// The load as it goes on, second by second, from the growing timeline: what triggers, gate and guards look at.

import type { Condition } from '../../lib/model/experiment.ts';
import type { TimelineLine } from '../../lib/model/timeline.ts';
import { MergedTimes } from '../../lib/stats/histogram.ts';
import { GrowingTimeline } from '../../runner/growing-timeline.ts';

/** One second of the load. */
export interface LiveWindow {
  /** Epoch ms of its end. */
  readonly endMs: number;
  /** `null`: nothing was there to measure. */
  readonly figures: Readonly<Record<Condition['figure'], number | null>>;
}

/** The generator writes a window a second after its end; by then all its lines are there. */
const WRITTEN_AFTER_MS = 1_050;

/** Follows one timeline file. */
export class LiveWindows {
  readonly #timeline: GrowingTimeline;
  readonly #open = new Map<number, TimelineLine[]>();
  #judgedMs = 0;
  #users: number | null = null;

  constructor(timeline: string) {
    this.#timeline = new GrowingTimeline(timeline);
  }

  /** Orders in flow as last told; `null` before the load. */
  get users(): number | null {
    return this.#users;
  }

  /** The windows that have come to their end since the last look, in order. One of which the generator wrote nothing is left out: it is no measurement. */
  look(nowMs: number): readonly LiveWindow[] {
    for (const line of this.#timeline.look()) this.#take(line);
    const ready = [...this.#open.keys()]
      .filter((startMs) => startMs + 1000 + WRITTEN_AFTER_MS <= nowMs)
      .sort((a, b) => a - b);
    return ready.map((startMs) => this.#close(startMs));
  }

  #take(line: TimelineLine): void {
    // What comes late to a window that was judged already is the checkers' business.
    if (line.timeMs <= this.#judgedMs) return;
    const lines = this.#open.get(line.timeMs) ?? [];
    lines.push(line);
    this.#open.set(line.timeMs, lines);
    if (line.metric === 'vus') this.#users = line.value;
  }

  #close(startMs: number): LiveWindow {
    const lines = this.#open.get(startMs) ?? [];
    this.#open.delete(startMs);
    this.#judgedMs = Math.max(this.#judgedMs, startMs);
    return { endMs: startMs + 1000, figures: figuresOf(lines, this.#users) };
  }
}

function figuresOf(lines: readonly TimelineLine[], users: number | null): LiveWindow['figures'] {
  const of = (metric: string): readonly TimelineLine[] => lines.filter((line) => line.metric === metric);
  const sum = (metric: string, key: 'count' | 'value'): number =>
    of(metric).reduce((total, line) => total + line[key], 0);
  const shareOf = (metric: string): number | null => {
    const samples = sum(metric, 'count');
    return samples === 0 ? null : sum(metric, 'value') / samples;
  };
  const histograms = of('order_completion_time').flatMap(({ hist }) => (hist === undefined ? [] : [hist]));
  return {
    'orders-per-s': sum('order_completion_time', 'count'),
    'failed-share': shareOf('order_failed'),
    'p90-ms': histograms.length === 0 ? null : new MergedTimes(histograms).percentileMs(90),
    users,
    'probe-failed-share': shareOf('probe_failed'),
  };
}
