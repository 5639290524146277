// Reads base64 histograms, one a line of standard input, merges them and prints what hdr-histogram-js finds in the sum.

import { readFileSync } from 'node:fs';
import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js';

const sum = build({
  lowestDiscernibleValue: 1,
  highestTrackableValue: 3_600_000_000,
  numberOfSignificantValueDigits: 3,
});
for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
  sum.add(decodeFromCompressedBase64(line));
}
const percentiles = [0, 50, 90, 98, 99.9, 100].map((percentile) => sum.getValueAtPercentile(percentile));
console.log(JSON.stringify({ count: sum.totalCount, min: sum.minNonZeroValue, max: sum.maxValue, percentiles }));
