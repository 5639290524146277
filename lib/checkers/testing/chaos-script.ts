// What a test says about faults and outages: whom the suite struck, and from when to when the platform did not work.

import type { Outcome } from '../../model/history.ts';
import { HEAL, INJECT } from '../../model/message.ts';
import { PROBE, PROBE_STAGE, type ProbePlan } from '../../model/probe.ts';
import type { Profile } from '../../model/profile.ts';
import type { ProbeRecord } from '../evidence.ts';
import { PROFILE } from './a-run.ts';
import { type HistoryBuilder, START_MS } from './history-builder.ts';

export const PROBE_PLAN: ProbePlan = { rateHz: 20, timeoutMs: 1_500, settleMs: 5_000 };
/** One level of 100 users for 95 s, probed all the time. */
export const GAMEDAY_PROFILE: Profile = {
  ...PROFILE,
  name: 'gameday',
  stages: [{ name: '100', users: 100, rampS: 10, holdS: 85, promised: true }],
  probe: PROBE_PLAN,
};

/** Times after the start of the history. */
export interface OutageScript {
  readonly fromMs: number;
  readonly toMs: number;
  /** `refuses` at once, or `hangs`: what was begun meanwhile gets its answer when it is over. */
  readonly how: 'refuses' | 'hangs';
}

export interface FaultScript {
  readonly key: string;
  readonly atMs: number;
  readonly lasting?: boolean;
  readonly inject?: Outcome | 'open';
  /** From the strike until its effect was seen; 100 ms unless it is said. */
  readonly injectMs?: number;
  /** Strikes in turn, after the first. */
  readonly inTurnMs?: readonly number[];
  readonly heal?: Outcome | 'open' | 'none';
  readonly healAtMs?: number;
  readonly healedMs?: number;
}

const PROBE_MS = 180;
const STEP = 'checkout';

/** Probes of a platform, one each 50 ms, that works but for these outages; each takes 180 ms when it does. */
export function probesThrough(outages: readonly OutageScript[], untilMs: number, fromMs = 0): readonly ProbeRecord[] {
  const began = Array.from({ length: Math.floor((untilMs - fromMs) / 50) }, (_, index) => fromMs + index * 50);
  return began.map((beganMs) => probeAt(beganMs, outages));
}

function probeAt(beganMs: number, outages: readonly OutageScript[]): ProbeRecord {
  const met = outages.find(({ fromMs, toMs }) => beganMs + PROBE_MS > fromMs && beganMs < toMs);
  const at = { beganMs: START_MS + beganMs };
  const good = (endedMs: number): ProbeRecord => ({
    ...at,
    endedMs: START_MS + endedMs,
    ...{ outcome: 'ok', step: null, sinceMs: null, code: null },
  });
  if (met === undefined) return good(beganMs + PROBE_MS);
  const sinceMs = Math.max(beganMs, met.fromMs);
  if (met.how === 'hangs') {
    const endMs = met.toMs + PROBE_MS - (sinceMs - beganMs);
    if (endMs - beganMs <= PROBE_PLAN.timeoutMs) return good(endMs);
  }
  const endedMs = met.how === 'refuses' ? sinceMs + 5 : beganMs + PROBE_PLAN.timeoutMs;
  const code = met.how === 'refuses' ? 'http_503' : 'timeout';
  return {
    ...at,
    ...{ endedMs: START_MS + endedMs, outcome: 'fail', step: STEP, sinceMs: START_MS + sinceMs, code },
  };
}

/** The same as lines of the history. */
export function writeProbes(history: HistoryBuilder, probes: readonly ProbeRecord[]): void {
  for (const [index, { beganMs, endedMs, outcome, step, sinceMs, code }] of probes.entries()) {
    history.operation({
      ...{ key: `probe-${index}`, f: PROBE, stage: PROBE_STAGE, atMs: beganMs - START_MS, outcome },
      durationMs: (endedMs ?? beganMs) - beganMs,
      ...(code === null ? {} : { error: { code }, answer: { step, sinceMs } }),
    });
  }
}

/** Struck and healed, as lines of chaos.ndjson; each took 100 ms unless it says otherwise. */
export function writeFaults(chaos: HistoryBuilder, faults: readonly FaultScript[]): void {
  for (const script of faults) {
    const { key, atMs, lasting = false, inject = 'ok', heal = 'ok', injectMs = 100, inTurnMs, healedMs } = script;
    const { healAtMs = atMs + injectMs + 100 } = script;
    const fault = { key, process: 'chaos', durationMs: injectMs };
    const asked = { fault: key, options: {}, intent: {}, lasting };
    const answer = inTurnMs && { inTurn: [0, ...inTurnMs].map((afterMs) => ({ afterMs, effect: {} })) };
    chaos.operation({
      ...fault,
      f: INJECT,
      atMs,
      outcome: inject,
      asked,
      ...(answer && { answer }),
      ...errorOf(inject),
    });
    if (heal === 'none') continue;
    const durationMs = (healedMs ?? healAtMs + 100) - healAtMs;
    chaos.operation({ ...fault, f: HEAL, atMs: healAtMs, durationMs, outcome: heal, ...errorOf(heal) });
  }
}

function errorOf(outcome: Outcome | 'open') {
  return outcome === 'ok' || outcome === 'open' ? {} : { error: { code: 'not_seen', message: 'the process lives on' } };
}
