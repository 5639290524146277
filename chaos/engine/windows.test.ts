import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import type { Condition, GuardBreak } from '../../lib/model/experiment.ts';
import { conditionProblem } from './condition.ts';
import { watchGuards } from './guards.ts';
import { type LiveWindow, LiveWindows } from './live-windows.ts';
import type { WindowListener } from './load-watch.ts';
import { awaitSteady } from './steadiness.ts';

const folder = temporaryFolder();

const line = (second: number, metric: string, count: number, value: number): string =>
  `${JSON.stringify({ v: 1, run: 'r', generator: 'g1', timeMs: second * 1000, windowMs: 1000, metric, kind: 'rate', count, value })}\n`;

const NOTHING = { 'orders-per-s': 0, 'failed-share': null, 'p90-ms': null, users: null, 'probe-failed-share': null };
const windowOf = (second: number, figures: Partial<LiveWindow['figures']>): LiveWindow => ({
  endMs: (second + 1) * 1000,
  figures: { ...NOTHING, ...figures },
});

/** Windows come when the test says so. */
function handWatch() {
  const listeners = new Set<WindowListener>();
  return {
    onWindow: (listener: WindowListener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (window: LiveWindow) => {
      for (const listener of [...listeners]) listener(window);
    },
    listeners,
  };
}

describe('the windows of a load', () => {
  it('are told once each, as soon as the generator must have written them', () => {
    const path = join(folder, 'a.ndjson');
    const windows = new LiveWindows(path);
    appendFileSync(
      path,
      line(10, 'order_failed', 4, 1) + line(10, 'order_completion_time', 3, 900) + line(10, 'vus', 1, 40),
    );
    expect(windows.look(11_900)).toEqual([]);
    expect(windows.look(12_100)).toEqual([windowOf(10, { 'orders-per-s': 3, 'failed-share': 0.25, users: 40 })]);
    appendFileSync(path, line(10, 'order_failed', 1, 1));
    expect(windows.look(13_000)).toEqual([]);
  });

  it('are left out where the generator wrote nothing: that is no measurement', () => {
    const path = join(folder, 'b.ndjson');
    const windows = new LiveWindows(path);
    appendFileSync(path, line(1, 'vus', 1, 1) + line(5, 'vus', 1, 1));
    expect(windows.look(60_000).map(({ endMs }) => endMs)).toEqual([2000, 6000]);
  });
});

describe('a condition', () => {
  const share: Condition = { figure: 'failed-share', atMost: 0.1 };

  it.each([
    [share, { 'failed-share': 0.1 }, null],
    [share, { 'failed-share': 0.11 }, 'failed-share is 0.11, must be 0.1 or less'],
    [share, {}, 'failed-share could not be measured'],
    [{ figure: 'orders-per-s', atLeast: 1 }, {}, 'orders-per-s is 0, must be 1 or more'],
  ] as const)('%j on %j: %s', (condition, figures, expected) => {
    expect(conditionProblem(condition, windowOf(1, figures))).toBe(expected);
  });
});

describe('the steady state', () => {
  const steady = { conditions: [{ figure: 'orders-per-s', atLeast: 1 }], forS: 2, withinS: 9 } as const;
  const nowMs = () => 77;

  it('is reached after so many good windows in a row', async () => {
    const watch = handWatch();
    const answer = awaitSteady(watch, steady, { signal: new AbortController().signal, nowMs });
    for (const [second, orders] of [1, 0, 1, 1].entries()) watch.tell(windowOf(second, { 'orders-per-s': orders }));
    expect(await answer).toEqual({ steady: true, sinceMs: 77, timeMs: 77, limitMs: 9000, problem: null });
    expect(watch.listeners.size).toBe(0);
  });

  it('is not reached by good windows with a hole between them', async () => {
    const watch = handWatch();
    const late = new AbortController();
    const answer = awaitSteady(watch, steady, { signal: late.signal, nowMs });
    for (const second of [1, 3, 5]) watch.tell(windowOf(second, { 'orders-per-s': 1 }));
    late.abort();
    expect(await answer).toMatchObject({ steady: false, problem: 'steady for 1 s, must be for 2 s' });
  });

  it('is not reached when it is too late, and the last problem is told', async () => {
    const watch = handWatch();
    const late = new AbortController();
    const answer = awaitSteady(watch, steady, { signal: late.signal, nowMs });
    watch.tell(windowOf(1, { 'orders-per-s': 0 }));
    late.abort();
    expect(await answer).toMatchObject({ steady: false, problem: 'orders-per-s is 0, must be 1 or more' });
  });

  it('is not reached by a load of which nothing is told', async () => {
    const answer = awaitSteady(handWatch(), steady, { signal: AbortSignal.abort(), nowMs });
    expect(await answer).toMatchObject({ steady: false, problem: 'the load generator told nothing of a whole second' });
  });
});

describe('a guard', () => {
  const guards = [{ figure: 'orders-per-s', atLeast: 1, forS: 2 }] as const;

  it('breaks once, when its condition did not hold in so many windows in a row', () => {
    const watch = handWatch();
    const broken: GuardBreak[] = [];
    watchGuards(watch, guards, { nowMs: () => 6200, onBreak: (each) => void broken.push(each) });
    for (const [second, orders] of [0, 1, 0, 0, 0].entries())
      watch.tell(windowOf(second + 1, { 'orders-per-s': orders }));
    const message = 'orders-per-s is 0, must be 1 or more, for 2 s in a row';
    expect(broken).toEqual([{ message, windowEndMs: 5000, seenMs: 6200 }]);
    expect(watch.listeners.size).toBe(0);
  });

  it('does not break by windows with a hole between them', () => {
    const watch = handWatch();
    const broken: GuardBreak[] = [];
    watchGuards(watch, guards, { nowMs: () => 9200, onBreak: (each) => void broken.push(each) });
    for (const second of [1, 3, 6]) watch.tell(windowOf(second, { 'orders-per-s': 0 }));
    expect(broken).toEqual([]);
    watch.tell(windowOf(7, { 'orders-per-s': 0 }));
    expect(broken).toMatchObject([{ windowEndMs: 8000 }]);
  });
});
