// From samples of memory to how much it grew.

import { megabytes } from '../megabytes.ts';
import { spreadOf } from '../statistics.ts';

export interface MemorySample {
  /** Since the start. */
  readonly atMs: number;
  readonly rssBytes: number;
  /** That the server has seen by then. */
  readonly requests: number;
}

const MS_PER_MINUTE = 60_000;

/**
 * The median of the last minute against that of the first minute after `fromMs`: 0.05 is 5 % more. Medians, because memory goes
 * up and down with each garbage collection. Throws RangeError when fewer than two minutes come after `fromMs`.
 */
export function growthOf(samples: readonly MemorySample[], fromMs: number): number {
  const endMs = samples.at(-1)?.atMs ?? 0;
  if (endMs - fromMs < 2 * MS_PER_MINUTE) throw new RangeError('two minutes after the warm-up at least');
  const first = within(samples, fromMs, fromMs + MS_PER_MINUTE);
  const last = within(samples, endMs - MS_PER_MINUTE, endMs);
  return medianBytes(last) / medianBytes(first) - 1;
}

/** A row a minute: memory and how many requests were made by then. */
export function minuteTable(samples: readonly MemorySample[]): readonly (readonly string[])[] {
  const rows = samples
    .filter(({ atMs }) => atMs > 0 && atMs % MS_PER_MINUTE === 0)
    .map(({ atMs, requests }) => {
      const { median, most } = spreadOf(within(samples, atMs - MS_PER_MINUTE, atMs).map(({ rssBytes }) => rssBytes));
      return [`${atMs / MS_PER_MINUTE}`, megabytes(median), megabytes(most), String(requests)];
    });
  return [['minute', 'memory, median', 'at most', 'requests so far'], ...rows];
}

function within(samples: readonly MemorySample[], fromMs: number, toMs: number): readonly MemorySample[] {
  return samples.filter(({ atMs }) => atMs > fromMs && atMs <= toMs);
}

function medianBytes(samples: readonly MemorySample[]): number {
  return spreadOf(samples.map(({ rssBytes }) => rssBytes)).median;
}
