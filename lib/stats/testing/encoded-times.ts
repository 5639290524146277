// A histogram as the timeline has it, for tests.

import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';

/** A `hist` of lib/model/timeline.ts that holds these times. */
export function encodedTimes(...timesMs: readonly number[]): string {
  const histogram = build({ numberOfSignificantValueDigits: 3, autoResize: true });
  for (const ms of timesMs) histogram.recordValue(ms * 1000);
  return encodeIntoCompressedBase64(histogram);
}
