// The profiles of message runs: one stage, whose length is planned in streaming mode alone.

import type { Mode } from '../model/message.ts';
import { MODES } from '../model/message.ts';
import type { Profile } from '../model/profile.ts';

/** A bound is promised by these names. */
export const DURABILITY_PROFILES: readonly string[] = MODES.map(durabilityProfileName);

export function durabilityProfileName(mode: Mode): string {
  return `durability-${mode}`;
}

/** `holdS` is how long messages stream; 0 where the load ends when it has done its work. */
export function durabilityProfile(mode: Mode, publishers: number, holdS: number): Profile {
  return {
    name: durabilityProfileName(mode),
    about: 'messages, not orders',
    stages: [{ name: mode, users: publishers, rampS: 0, holdS, promised: true }],
    thinkTime: { minMs: 0, maxMs: 0 },
    resubmitShare: 0,
    httpTimeoutMs: 0,
    awaitTimeoutMs: 0,
    stuckAfterMs: 0,
  };
}
