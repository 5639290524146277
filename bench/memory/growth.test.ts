import { describe, expect, it } from 'vitest';
import { growthOf, type MemorySample, minuteTable } from './growth.ts';

/** A sample every ten seconds for so many minutes. */
function samples(minutes: number, megabytesAt: (minute: number) => number): readonly MemorySample[] {
  return Array.from({ length: minutes * 6 + 1 }, (_, index) => ({
    atMs: index * 10_000,
    rssBytes: megabytesAt(index / 6) * 1e6,
    requests: index * 100,
  }));
}

describe('the growth of memory', () => {
  it('is none when memory stays, whatever it did in the warm-up', () => {
    expect(
      growthOf(
        samples(8, (minute) => (minute < 5 ? 50 * minute : 300)),
        5 * 60_000,
      ),
    ).toBe(0);
  });

  it('is found when memory grows a little every minute', () => {
    expect(
      growthOf(
        samples(10, (minute) => 100 + minute * 10),
        5 * 60_000,
      ),
    ).toBeCloseTo(40 / 155, 1);
  });

  it('is not disturbed by single peaks', () => {
    expect(
      growthOf(
        samples(8, (minute) => (minute === 8 ? 900 : 300)),
        5 * 60_000,
      ),
    ).toBe(0);
  });

  it('cannot be told from less than two minutes', () => {
    expect(() =>
      growthOf(
        samples(6, () => 1),
        5 * 60_000,
      ),
    ).toThrow(RangeError);
  });

  it('is shown minute by minute', () => {
    expect(minuteTable(samples(2, (minute) => (minute > 1 ? 200 : 100)))).toEqual([
      ['minute', 'memory, median', 'at most', 'requests so far'],
      ['1', '100 MB', '100 MB', '600'],
      ['2', '200 MB', '200 MB', '1200'],
    ]);
  });
});
