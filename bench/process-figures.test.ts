import { describe, expect, it } from 'vitest';
import { parseFigures, processFigures } from './process-figures.ts';

const STATUS = 'Name:\tk6\nVmPeak:\t 2000000 kB\nVmHWM:\t  300 kB\nVmRSS:\t  200 kB\nThreads:\t9\n';

describe('the figures of a process', () => {
  it('are its user and system time together, its memory and the most that this was', () => {
    const stat = '42 (k6) S 1 42 42 0 -1 4194560 9000 0 0 0 150 25 7 8 20 0 9 0 555 1 2';
    expect(parseFigures(stat, STATUS)).toEqual({ cpuSeconds: 1.75, rssBytes: 204_800, peakRssBytes: 307_200 });
  });

  it('do not stumble over a name with brackets and spaces', () => {
    const stat = '42 (a) b (c) S 1 42 42 0 -1 4194560 9000 0 0 0 100 0 7 8 20 0 9 0 555 1 2';
    expect(parseFigures(stat, STATUS)?.cpuSeconds).toBe(1);
  });

  it('are none for a process that waits to be reaped, or is gone', () => {
    expect(parseFigures('42 (k6) Z 1 42 42 0 -1 0 0 0 0 0 1 1 0 0', 'Name:\tk6\nState:\tZ (zombie)\n')).toBeNull();
    expect(processFigures(2 ** 30)).toBeNull();
  });

  it('are there for this process', () => {
    expect(processFigures(process.pid)?.rssBytes).toBeGreaterThan(1e6);
  });
});
