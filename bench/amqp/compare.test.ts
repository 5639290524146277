import { expect, it } from 'vitest';
import { aimsOf, type Round, tableOf } from './compare.ts';
import type { Measurement } from './measure.ts';

const measured = (messages: number, seconds: number, cpuSeconds: number): Measurement => ({
  ...{ messages, seconds, cpuSeconds },
  said: {},
});

const round = (change: Partial<Round> = {}): Round => ({
  'bare publish': measured(1_000, 1, 0.1),
  publishMany: measured(1_000, 1, 0.125),
  publish: measured(900, 1, 0.18),
  'bare consume': measured(1_000, 1, 0.1),
  consume: measured(1_000, 1.25, 0.2),
  ...change,
});

it('sets each program beside the bare one of its task, per second and per second of processor time', () => {
  expect(tableOf([round()])).toEqual([
    ['', 'messages', 'per s', 'of bare', 'per CPU-s', 'of bare'],
    ['bare publish', '1,000', '1,000', '1.00 (1.00–1.00)', '10,000', '1.00 (1.00–1.00)'],
    ['publishMany', '1,000', '1,000', '1.00 (1.00–1.00)', '8,000', '0.80 (0.80–0.80)'],
    ['publish', '900', '900', '0.90 (0.90–0.90)', '5,000', '0.50 (0.50–0.50)'],
    ['bare consume', '1,000', '1,000', '1.00 (1.00–1.00)', '10,000', '1.00 (1.00–1.00)'],
    ['consume', '1,000', '800', '0.80 (0.80–0.80)', '5,000', '0.50 (0.50–0.50)'],
  ]);
});

it('takes the median of the ratios, and misses an aim below its share', () => {
  expect(aimsOf([round()]).map(({ met }) => met)).toEqual([true, true, true, true, true, true]);
  const slow = round({ publish: measured(700, 1, 0.18) });
  expect(aimsOf([slow, round(), slow]).map(({ met }) => met)).toEqual([true, true, false, false, true, true]);
});
