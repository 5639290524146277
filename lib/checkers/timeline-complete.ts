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
  if (end.lostLines > 0) {
    return [
      { ...common, status: 'inconclusive', message: `${some(end.lostLines, 'timeline line')} could not be written` },
    ];
  }
  return [{ ...common, status: 'pass', message: `timeline.ndjson is whole: ${some(end.lines, 'line')}` }];
};
