// From a profile's stages to k6's, and from a moment of the load to the stage that it belongs to.

import { type Profile, type Stage, stageMs } from '../model/profile.ts';

/** k6's `ramping-vus` stages: a ramp, then a hold, per stage of the profile. */
export function rampingStages(profile: Profile): { duration: string; target: number }[] {
  return profile.stages.flatMap((stage) => [
    { duration: `${stage.rampS}s`, target: stage.users },
    ...(stage.holdS > 0 ? [{ duration: `${stage.holdS}s`, target: stage.users }] : []),
  ]);
}

/** The stage that runs `elapsedMs` after the load began; the last one from its beginning to the very end. */
export function stageAt(profile: Profile, elapsedMs: number): Stage {
  const { stages } = profile;
  let endMs = 0;
  // Counted, because k6 calls this for every order and its iterators are dear.
  for (let at = 0; at < stages.length; at += 1) {
    const stage = stages[at] as Stage;
    endMs += stageMs(stage);
    if (elapsedMs < endMs) return stage;
  }
  const last = stages.at(-1);
  if (last === undefined) throw new Error(`profile ${profile.name} has no stages`);
  return last;
}

/** A pause between two polls is never longer than this. */
export const LONGEST_POLL_PAUSE_MS = 2_600;

/**
 * The longest that one order can take, in ms: every step, every pause and the wait at their limits. k6's graceful stops are
 * longer than this, so that k6 cuts no order that might still end.
 */
export function worstFlowMs(profile: Profile, steps: number): number {
  const stepsMs = (steps + 1) * (profile.httpTimeoutMs + profile.thinkTime.maxMs);
  const awaitMs = profile.awaitTimeoutMs + LONGEST_POLL_PAUSE_MS + profile.httpTimeoutMs;
  return stepsMs + awaitMs;
}
