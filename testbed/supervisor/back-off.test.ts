import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deathsInARowAfter, restartDelayMs } from './back-off.ts';

describe('the back-off', () => {
  it('restarts at once the first time, then after 1, 2, 4 seconds and so on', () => {
    expect([1, 2, 3, 4, 5].map(restartDelayMs)).toEqual([0, 1000, 2000, 4000, 8000]);
  });

  it('never shrinks as deaths go on, and never exceeds half a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (deaths) => {
        expect(restartDelayMs(deaths + 1)).toBeGreaterThanOrEqual(restartDelayMs(deaths));
        expect(restartDelayMs(deaths)).toBeLessThanOrEqual(30_000);
      }),
    );
    expect(restartDelayMs(100)).toBe(30_000);
  });

  it('starts anew for a process that had run steadily', () => {
    expect(deathsInARowAfter(5, 59_999)).toBe(6);
    expect(deathsInARowAfter(5, 60_000)).toBe(1);
  });
});
