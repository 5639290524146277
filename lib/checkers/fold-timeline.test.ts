import { describe, expect, it } from 'vitest';
import { GENERATOR_LAG, THINK_TIME_OVERSHOOT, type TimelineLine } from '../model/timeline.ts';
import { encodedTimes } from '../stats/testing/encoded-times.ts';
import { TimelineFold } from './fold-timeline.ts';

function line(metric: string, timeMs: number, ...valuesMs: readonly number[]): TimelineLine {
  const base = { v: 1, run: 'run-1', generator: 'g1', windowMs: 1000, kind: 'trend', value: 0 } as const;
  return { ...base, timeMs, metric, count: valuesMs.length, hist: encodedTimes(...valuesMs) };
}

describe('the timeline', () => {
  it("tells the generator's delays second by second", () => {
    const fold = new TimelineFold();
    fold.add(line(GENERATOR_LAG, 1_000, 1, 2, 30));
    fold.add(line(THINK_TIME_OVERSHOOT, 2_000, 5));
    fold.add(line('http_req_duration', 2_000, 99));
    const { lag, overshoot, end } = fold.result();
    expect(lag).toEqual([{ timeMs: 1_000, hist: line(GENERATOR_LAG, 1_000, 1, 2, 30).hist }]);
    expect(overshoot).toEqual([{ timeMs: 2_000, hist: line(THINK_TIME_OVERSHOOT, 2_000, 5).hist }]);
    expect(end).toBeNull();
  });

  it('has its end line when that is there', () => {
    const fold = new TimelineFold();
    const end = { v: 1, run: 'run-1', generator: 'g1', type: 'end', lines: 2, lostLines: 0 } as const;
    fold.add(end);
    expect(fold.result().end).toBe(end);
    expect(TimelineFold.concerns(JSON.stringify(end))).toBe(true);
    expect(TimelineFold.concerns(JSON.stringify(line('http_req_duration', 1_000, 1)))).toBe(false);
  });
});
