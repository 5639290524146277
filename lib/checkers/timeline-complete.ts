// Whether the timeline is whole; pictures and comparisons are made from it, no bound is judged by it.

import type { Checker } from './checker.ts';
import { some } from './wording.ts';

export const timelineComplete: Checker = ({ timeline }) => {
  const common = { id: 'timeline-complete', kind: 'measurement' as const, promised: false };
  if (timeline === null) return [{ ...common, status: 'not-measured', message: 'there is no timeline.ndjson' }];
  const { end } = timeline;
  if (end === null) {
    return [{ ...common, status: 'inconclusive', message: 'timeline.ndjson has no end line: pictures end early' }];
  }
  const { lostLines, droppedSamples = 0, clampedSamples = 0 } = end;
  if (lostLines + droppedSamples + clampedSamples > 0) {
    const missing = `${some(lostLines, 'line')} not written, ${some(droppedSamples, 'sample')} left out`;
    const message = `timeline.ndjson is not whole: ${missing}, ${some(clampedSamples, 'sample')} beyond the histograms' range`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  return [{ ...common, status: 'pass', message: `timeline.ndjson is whole: ${some(end.lines, 'line')}` }];
};
