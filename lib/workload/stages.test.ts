import { describe, expect, it } from 'vitest';
import { type Profile, plannedLoadMs } from '../model/profile.ts';
import { rampingStages, stageAt, worstFlowMs } from './stages.ts';

const profile: Profile = {
  name: 'test',
  about: '',
  stages: [
    { name: '10', users: 10, rampS: 5, holdS: 20, promised: true },
    { name: '20', users: 20, rampS: 10, holdS: 0, promised: true },
    { name: 'down', users: 0, rampS: 5, holdS: 0, promised: false },
  ],
  thinkTime: { minMs: 100, maxMs: 200 },
  resubmitShare: 0,
  httpTimeoutMs: 10_000,
  awaitTimeoutMs: 30_000,
  stuckAfterMs: 60_000,
};

describe('the stages of a profile', () => {
  it('become a ramp and a hold each for k6, without empty holds', () => {
    expect(rampingStages(profile)).toEqual([
      { duration: '5s', target: 10 },
      { duration: '20s', target: 10 },
      { duration: '10s', target: 20 },
      { duration: '5s', target: 0 },
    ]);
  });

  it.each([
    [0, '10'],
    [24_999, '10'],
    [25_000, '20'],
    [34_999, '20'],
    [35_000, 'down'],
    [400_000, 'down'],
  ])('at %i ms is stage %s', (elapsedMs, name) => {
    expect(stageAt(profile, elapsedMs).name).toBe(name);
  });

  it('add up to the planned load', () => {
    expect(plannedLoadMs(profile)).toBe(40_000);
  });

  it('leave a flow that meets every limit enough time to end', () => {
    const fourStepsMs = 4 * (10_000 + 200);
    expect(worstFlowMs(profile, 4)).toBeGreaterThan(fourStepsMs + 30_000 + 10_000);
  });
});
