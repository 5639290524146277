import { describe, expect, it } from 'vitest';
import { aimsOf, type Judged, tableOf } from './compare.ts';

const million: Judged = { operations: 1e6, orders: 200_000, wallMs: 12_000, cpuSeconds: 10, peakRssBytes: 380e6 };
const tenMillion: Judged = { operations: 1e7, orders: 2e6, wallMs: 130_000, cpuSeconds: 110, peakRssBytes: 2e9 };

describe('judged runs', () => {
  it('are shown with time and memory, also for each operation and order', () => {
    expect(tableOf([million])[1]).toEqual(['1,000,000', '200,000', '12.0 s', '10.0 s', '10.0 µs', '380 MB', '1.90 kB']);
  });

  it('meet their aims when a million is quick and small, and ten million cost ten times as much', () => {
    expect(aimsOf([million, tenMillion]).map(({ met }) => met)).toEqual([true, true, true]);
  });

  it('miss them when slow, large, or dearer the longer they are', () => {
    const large = { ...million, wallMs: 21_000, peakRssBytes: 401e6 };
    const dear = { ...tenMillion, cpuSeconds: 130 };
    expect(aimsOf([large, dear]).map(({ met }) => met)).toEqual([false, false, false]);
  });

  it('have no aims where no million and no second length was judged', () => {
    expect(aimsOf([tenMillion])).toEqual([]);
  });
});
