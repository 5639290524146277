// What a test watched beside its orders: the platform's queues and database, and the generator's own delay. Calm, unless the test says otherwise.

import { DEAD_LETTERS, DEADLOCKS, type Observation, QUEUE_DEPTH } from '../../model/evidence.ts';
import { encodedTimes } from '../../stats/testing/encoded-times.ts';
import type { FoldedTimeline } from '../evidence.ts';
import { RUN, START_MS } from './history-builder.ts';

/** One look at the platform, so long after the start of the run. */
export interface LookScript {
  readonly atMs: number;
  readonly depth?: number;
  readonly deadLetters?: number;
  readonly deadlocks?: number;
}

/** Looks before the load of `aRun`, during it and after it. */
export const CALM: readonly LookScript[] = [
  { atMs: -1_000 },
  { atMs: 18_000 },
  { atMs: 38_000 },
  { atMs: 58_000 },
  { atMs: 77_000 },
];

export function observationsOf(looks: readonly LookScript[]): readonly Observation[] {
  return looks.flatMap(({ atMs, depth = 0, deadLetters = 0, deadlocks = 7 }) => {
    const base = { v: 1, timeMs: START_MS + atMs } as const;
    return [
      { ...base, source: 'broker', metric: QUEUE_DEPTH, name: 'orders', value: depth },
      { ...base, source: 'broker', metric: DEAD_LETTERS, name: 'orders.dead-letter', value: deadLetters },
      { ...base, source: 'database', metric: DEADLOCKS, name: 'platform', value: deadlocks },
    ] as const;
  });
}

/** A whole timeline in which, second by second, the generator is late by so much, and its pauses by so much each. */
export function timelineWith(lagMs: number, ...overshootMs: readonly number[]): FoldedTimeline {
  const seconds = Array.from({ length: 70 }, (_, second) => START_MS + second * 1000);
  const [lag, overshoot] = [encodedTimes(lagMs), encodedTimes(...overshootMs)];
  return {
    end: { v: 1, run: RUN, generator: 'g1', type: 'end', lines: 10, lostLines: 0 },
    lines: 10,
    lag: seconds.map((timeMs) => ({ timeMs, hist: lag })),
    overshoot: overshootMs.length === 0 ? [] : seconds.map((timeMs) => ({ timeMs, hist: overshoot })),
  };
}
