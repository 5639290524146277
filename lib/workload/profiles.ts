// The load profiles that ship: how many concurrent orders, for how long, at what pace.

import type { Profile } from '../model/profile.ts';

const smoke: Profile = {
  name: 'smoke',
  about: 'about 30 s with 40 concurrent orders: does everything work, are the promises kept at a low level',
  stages: [
    { name: '40', users: 40, rampS: 5, holdS: 20, promised: true },
    { name: 'down', users: 0, rampS: 5, holdS: 0, promised: false },
  ],
  thinkTime: { minMs: 200, maxMs: 1000 },
  resubmitShare: 0.01,
  httpTimeoutMs: 15_000,
  awaitTimeoutMs: 20_000,
  stuckAfterMs: 30_000,
};

export const PROFILES: readonly Profile[] = [smoke];

/** The profile of that name, or undefined. */
export function profileNamed(name: string): Profile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
