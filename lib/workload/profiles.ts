// The load profiles that ship: how many concurrent orders, for how long, at what pace.

import type { Profile, Stage } from '../model/profile.ts';
import { DURABILITY_PROFILES } from './durability-profile.ts';
import { GAMEDAY } from './gameday-profile.ts';

/** A shopper's pauses: three seconds between two steps in the mean. */
const SHOPPER = { minMs: 1000, maxMs: 5000 } as const;

/** What all gates share; S1-STUCK allows a saga 300 s. */
const GATE = {
  thinkTime: SHOPPER,
  resubmitShare: 0.01,
  httpTimeoutMs: 15_000,
  awaitTimeoutMs: 30_000,
  stuckAfterMs: 300_000,
} as const;

function level(users: number, rampS: number, holdS: number): Stage {
  return { name: String(users), users, rampS, holdS, promised: true };
}

/** The way down: few orders begin there, so too few to judge is no flaw of the run. */
function down(rampS: number): Stage {
  return { name: 'down', users: 0, rampS, holdS: 0, promised: false };
}

export const PROFILES: readonly Profile[] = [
  {
    ...GATE,
    name: 'smoke',
    about: 'about 30 s with 40 concurrent orders: does everything work, are the promises kept at a low level',
    stages: [level(40, 5, 20), down(5)],
    thinkTime: { minMs: 200, maxMs: 1000 },
    stuckAfterMs: 30_000,
  },
  {
    ...GATE,
    name: 'quick',
    about: 'about 75 s at 100, 500 and 1000 concurrent orders with short holds',
    stages: [level(100, 4, 20), level(500, 6, 12), level(1000, 8, 20), down(5)],
    stuckAfterMs: 60_000,
  },
  {
    ...GATE,
    name: 'nightly',
    about: '14 min: 2 min to 100, 5 min to 500, 5 min to 1000 concurrent orders, 2 min to 0 (S1-RAMP)',
    stages: [level(100, 120, 0), level(500, 300, 0), level(1000, 300, 0), down(120)],
  },
  {
    ...GATE,
    name: 'launch',
    about: '19 min: 100, 500 and 1000 concurrent orders, each held for 5 min',
    stages: [level(100, 60, 300), level(500, 60, 300), level(1000, 60, 300), down(60)],
  },
  {
    ...GATE,
    name: 'burst',
    about:
      'about 40 s without any pauses: finds the honest limit, promises only that nothing is lost, duplicated or stuck',
    stages: [level(100, 2, 15), level(300, 3, 15), down(5)],
    thinkTime: { minMs: 0, maxMs: 0 },
    stuckAfterMs: 60_000,
  },
];

/** All names by which a bound may be promised. */
export const PROFILE_NAMES: readonly string[] = [...PROFILES.map(({ name }) => name), ...DURABILITY_PROFILES, GAMEDAY];

/** The profile of that name, or undefined. */
export function profileNamed(name: string): Profile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
