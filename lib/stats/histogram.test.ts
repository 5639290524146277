import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { expect, it } from 'vitest';
import { MergedTimes } from './histogram.ts';

function encoded(...valuesMs: readonly number[]): string {
  const histogram = build({ numberOfSignificantValueDigits: 3, autoResize: true });
  for (const ms of valuesMs) histogram.recordValue(ms * 1000);
  return encodeIntoCompressedBase64(histogram);
}

it('histograms merge by adding: percentiles are those of all samples together', () => {
  const merged = new MergedTimes([encoded(1, 2, 3), encoded(100)]);
  expect(merged.percentileMs(75)).toBeCloseTo(3, 1);
  expect(merged.percentileMs(100)).toBeCloseTo(100, 0);
  expect(new MergedTimes([]).percentileMs(50)).toBe(0);
});
