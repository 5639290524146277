import { describe, expect, it } from 'vitest';
import type { Evidence } from './evidence.ts';
import { Scene } from './testing/scene.ts';
import { timelineComplete } from './timeline-complete.ts';

const NO_DELAYS = { lag: [], overshoot: [] };
const END = { v: 1, run: 'run-1', generator: 'g1', type: 'end', lines: 10, lostLines: 0 } as const;

async function judged(timeline: Evidence['timeline']) {
  return timelineComplete({ ...(await new Scene().evidence()), timeline }, [])[0];
}

describe('the timeline', () => {
  it('passes with its end line', async () => {
    expect(await judged({ ...NO_DELAYS, end: END })).toMatchObject({ status: 'pass', promised: false });
  });

  it('is inconclusive when it is cut or lines could not be written', async () => {
    expect(await judged({ ...NO_DELAYS, end: null })).toMatchObject({ status: 'inconclusive', promised: false });
    expect(await judged({ ...NO_DELAYS, end: { ...END, lostLines: 3, droppedSamples: 1 } })).toMatchObject({
      status: 'inconclusive',
      message:
        "timeline.ndjson is not whole: 3 lines not written, 1 sample left out, 0 samples beyond the histograms' range",
    });
  });

  it('is not measured when it is missing; it never fails, for nothing is judged by it', async () => {
    expect(await judged(null)).toMatchObject({ status: 'not-measured' });
  });
});
