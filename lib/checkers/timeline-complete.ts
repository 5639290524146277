// Whether the timeline is whole. Times are judged only where it tells how late the generator was itself, so a gap in it may hide that.

import type { Checker } from './checker.ts';
import { some } from './wording.ts';

export const timelineComplete: Checker = ({ timeline }) => {
  const common = { id: 'timeline-complete', kind: 'measurement' as const, promised: true };
  if (timeline === null) return [{ ...common, status: 'inconclusive', message: 'there is no timeline.ndjson' }];
  const { end, lines } = timeline;
  if (end === null) return [{ ...common, status: 'inconclusive', message: 'timeline.ndjson has no end line' }];
  const { lostLines, droppedSamples = 0, clampedSamples = 0 } = end;
  if (lostLines > 0 || lines !== end.lines) {
    const message = `timeline.ndjson is not whole: ${some(lines, 'line')} where ${end.lines} were written, ${lostLines} could not be`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  const left = `${some(droppedSamples, 'sample')} left out, ${some(clampedSamples, 'sample')} beyond the histograms' range`;
  // Series too many, and values that no histogram holds: pictures lack them, the delays of the generator do not.
  if (droppedSamples + clampedSamples > 0)
    return [{ ...common, promised: false, status: 'inconclusive', message: left }];
  return [{ ...common, status: 'pass', message: `timeline.ndjson is whole: ${some(end.lines, 'line')}` }];
};
