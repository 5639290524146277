import { expect, it } from 'vitest';
import { MergedTimes } from './histogram.ts';
import { encodedTimes } from './testing/encoded-times.ts';

it('histograms merge by adding: percentiles are those of all samples together', () => {
  const merged = new MergedTimes([encodedTimes(1, 2, 3), encodedTimes(100)]);
  expect(merged.percentileMs(75)).toBeCloseTo(3, 1);
  expect(merged.percentileMs(100)).toBeCloseTo(100, 0);
  expect(new MergedTimes([]).percentileMs(50)).toBe(0);
});
