import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { encodedTimes } from '../lib/stats/testing/encoded-times.ts';
import { LiveTimeline } from './live-figures.ts';

const folder = temporaryFolder();

let files = 0;
const newPath = (): string => join(folder, `${files++}.ndjson`);

function line(second: number, metric: string, rest: object): string {
  return `${JSON.stringify({ v: 1, run: 'r', generator: 'g1', timeMs: second * 1000, windowMs: 1000, metric, count: 1, value: 1, ...rest })}\n`;
}
function completions(second: number, ...durationsMs: readonly number[]): string {
  const hist = encodedTimes(...durationsMs);
  return line(second, 'order_completion_time', { kind: 'trend', count: durationsMs.length, hist });
}

describe('the live figures of a load', () => {
  it('are empty before there is a timeline', () => {
    expect(new LiveTimeline(newPath()).look()).toEqual({ users: 0, ordersPerSecond: 0, p90Ms: null, failedOrders: 0 });
  });

  it('cover the last five seconds of completions, and count failures from the start', () => {
    const path = newPath();
    const live = new LiveTimeline(path);
    appendFileSync(path, line(1, 'order_failed', { kind: 'rate', value: 2 }) + completions(1, 9000, 9000));
    expect(live.look()).toMatchObject({ ordersPerSecond: 2 / 5, failedOrders: 2 });
    appendFileSync(path, line(8, 'vus', { kind: 'gauge', value: 40 }) + completions(8, 100, 100, 100, 100, 300));
    const figures = live.look();
    expect(figures).toMatchObject({ users: 40, ordersPerSecond: 1, failedOrders: 2 });
    expect(figures.p90Ms).toBeGreaterThan(299);
    expect(figures.p90Ms).toBeLessThan(301);
  });

  it('fall to nothing when no order is completed any more', () => {
    const path = newPath();
    const live = new LiveTimeline(path);
    appendFileSync(path, completions(1, 100, 100) + line(5, 'vus', { kind: 'gauge', value: 40 }));
    expect(live.look().ordersPerSecond).toBe(2 / 5);
    appendFileSync(path, line(6, 'vus', { kind: 'gauge', value: 40 }));
    expect(live.look()).toMatchObject({ ordersPerSecond: 0, p90Ms: null });
  });

  it('pass over a damaged line', () => {
    const path = newPath();
    const live = new LiveTimeline(path);
    appendFileSync(path, `{"v":1,"metr\n${line(1, 'vus', { kind: 'gauge', value: 7 })}`);
    expect(live.look().users).toBe(7);
  });

  it('wait for the rest of a line that is half written', () => {
    const path = newPath();
    const live = new LiveTimeline(path);
    const text = line(1, 'vus', { kind: 'gauge', value: 7 });
    appendFileSync(path, text.slice(0, 20));
    expect(live.look().users).toBe(0);
    appendFileSync(path, text.slice(20));
    expect(live.look().users).toBe(7);
  });
});
