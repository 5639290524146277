import { expect, it } from 'vitest';
import type { Profile } from '../lib/model/profile.ts';
import { progressLine } from './progress-line.ts';

const stage = { users: 10, rampS: 10, holdS: 60, promised: true };
const PROFILE = {
  stages: [
    { ...stage, name: '10' },
    { ...stage, name: 'down', rampS: 5, holdS: 0 },
  ],
} as unknown as Profile;
const FIGURES = { users: 7, ordersPerSecond: 1.25, p90Ms: 1500, failedOrders: 2 };

it('says how far the planned load has come', () => {
  expect(progressLine(PROFILE, 30_000, FIGURES)).toBe(
    'load: stage 10 · 30 of 75 s · 7 users · 1.3 orders/s · p90 1.50 s · 2 failed',
  );
});

it('says what is waited for when the planned time is over', () => {
  expect(progressLine(PROFILE, 96_000, { ...FIGURES, p90Ms: null })).toBe(
    'load: waiting for open orders, 21 s after the planned 75 s · 7 users · 1.3 orders/s · p90 – · 2 failed',
  );
});
