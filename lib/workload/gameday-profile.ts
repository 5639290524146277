// The profile of game days: one level, held while something is broken and until all is well again, and a probe beside it.

import { EXPERIMENT_LOAD } from '../model/experiment.ts';
import type { Profile } from '../model/profile.ts';

/** A bound is promised by this name. */
export const GAMEDAY = 'gameday';

export interface GamedayLoad {
  /** Concurrent orders. */
  readonly users?: number;
  /** How long it is approached. */
  readonly rampS?: number;
  /** How long the level is held: it must outlast the last fault, the limit for recovery and the settle time. */
  readonly holdS: number;
}

/**
 * Pauses are longer than those of a gate, so that 300 users and the probe together leave the embedded platform half of what it can do: a
 * platform at its limit has nothing to catch up with.
 */
export function gamedayProfile({ users = 300, rampS = EXPERIMENT_LOAD.rampS, holdS }: GamedayLoad): Profile {
  const { downS, settleMs } = EXPERIMENT_LOAD;
  return {
    name: GAMEDAY,
    about: 'one level of concurrent orders, held while something is broken and until all is well again',
    stages: [
      { name: String(users), users, rampS, holdS, promised: true },
      { name: 'down', users: 0, rampS: downS, holdS: 0, promised: false },
    ],
    thinkTime: { minMs: 2_000, maxMs: 6_000 },
    resubmitShare: 0.01,
    httpTimeoutMs: 5_000,
    awaitTimeoutMs: 30_000,
    stuckAfterMs: 60_000,
    probe: { rateHz: 20, timeoutMs: 1_500, settleMs },
  };
}
