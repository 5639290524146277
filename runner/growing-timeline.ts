// Follows the timeline of a load that goes on.

import type { TimelineEnd, TimelineLine } from '../lib/model/timeline.ts';
import { GrowingLines } from './growing-lines.ts';

export class GrowingTimeline {
  readonly #lines: GrowingLines;

  constructor(path: string) {
    this.#lines = new GrowingLines(path);
  }

  /** What has come since the last look; a missing file has nothing yet. A damaged line is left out: watching must never end a run, and the checkers will find it. */
  look(): readonly TimelineLine[] {
    return this.#lines.look().flatMap(lineIn);
  }
}

function lineIn(text: string): readonly TimelineLine[] {
  try {
    const line = JSON.parse(text) as TimelineLine | TimelineEnd | null;
    return line !== null && 'metric' in line ? [line] : [];
  } catch {
    return [];
  }
}
