import { describe, expect, it } from 'vitest';
import type { Evidence } from './evidence.ts';
import { Scene } from './testing/scene.ts';
import { timelineComplete } from './timeline-complete.ts';

const END = { v: 1, run: 'run-1', generator: 'g1', type: 'end', lines: 10, lostLines: 0 } as const;
const WHOLE = { end: END, lines: 10, lag: [], overshoot: [] };

async function judged(timeline: Evidence['timeline']) {
  return timelineComplete({ ...(await new Scene().evidence()), timeline }, [])[0];
}

describe('the timeline', () => {
  it('passes with its end line and as many lines as that says', async () => {
    expect(await judged(WHOLE)).toMatchObject({ status: 'pass', promised: true });
  });

  it.each([
    ['it is missing', null],
    ['it is cut', { ...WHOLE, end: null }],
    ['a line is missing', { ...WHOLE, lines: 9 }],
    ['lines could not be written', { ...WHOLE, end: { ...END, lostLines: 3 } }],
  ])('makes a run inconclusive when %s: it may hide that the generator was late', async (_why, timeline) => {
    expect(await judged(timeline)).toMatchObject({ status: 'inconclusive', promised: true });
  });

  it('may lack samples that no picture needs', async () => {
    const finding = await judged({ ...WHOLE, end: { ...END, droppedSamples: 1 } });
    expect(finding).toMatchObject({ status: 'inconclusive', promised: false });
  });
});
