// Whether an experiment's times can work out at all: its load outlasts its faults, and what comes later leaves time to see a recovery.

import { EXPERIMENT_LOAD, type Trigger } from '../../lib/model/experiment.ts';
import { type Experiment, plannedFaults } from './experiment.ts';

const SETTLE_S = EXPERIMENT_LOAD.settleMs / 1000;
/** Until a broker node that was down serves its queues again. */
const BROKER_HEALING_S = 12;
/** In which the embedded platform must be well again (EMBEDDED-RECOVERY). */
export const RECOVERY_S = 30;

/**
 * Empty when all fits if everything goes as fast as it can: the gate at once, every level reached at once, every fault healed at once. So
 * what is complained of can never give a verdict; what is not may still be too tight.
 */
export function timeComplaints(experiment: Experiment): readonly string[] {
  const { loadS, steady, rampS = EXPERIMENT_LOAD.rampS } = experiment;
  const complaints: string[] = [];
  let overS = steady.forS;
  for (const [index, group] of plannedFaults(experiment).entries()) {
    const begins = group.map(({ key, when }) => ({ key, atS: beginS(when, overS), isKnown: isKnown(when) }));
    const early = begins.filter(({ atS, isKnown }) => index > 0 && isKnown && atS < overS + SETTLE_S);
    complaints.push(...early.map(({ key, atS }) => tooEarly(key, Math.max(0, atS - overS))));
    overS = Math.max(...group.map(({ durationMs }, at) => (begins[at]?.atS ?? overS) + (durationMs ?? 0) / 1000));
  }
  const neededS = overS + Math.max(steady.forS, SETTLE_S);
  const lengthS = rampS + loadS + EXPERIMENT_LOAD.downS;
  if (neededS > lengthS) complaints.push(tooShort({ loadS, lengthS, neededS }));
  return complaints;
}

/** `loadS` with which there is time to see the embedded platform recover from everything, as slowly as its bound allows. */
export function recommendedLoadS(experiment: Experiment): number {
  let overS = experiment.steady.forS;
  for (const group of plannedFaults(experiment)) {
    const ends = group.map(({ fault, when, durationMs }) => {
      // One that is over at once heals while the platform recovers.
      const healingS = fault.startsWith('broker-') && durationMs !== null ? BROKER_HEALING_S : 0;
      return beginS(when, overS) + (durationMs ?? 0) / 1000 + healingS;
    });
    overS = Math.max(...ends);
  }
  return overS + RECOVERY_S + SETTLE_S;
}

/** The earliest that is possible, in seconds after the load began. */
function beginS(when: Trigger, overS: number): number {
  if ('atS' in when) return Math.max(when.atS, overS);
  return 'afterS' in when ? overS + when.afterS : overS;
}

/** When a level is reached, nobody knows before. */
function isKnown(when: Trigger): boolean {
  return 'atS' in when || 'afterS' in when;
}

function tooEarly(key: string, restS: number): string {
  return `${key} strikes ${restS} s after the step before it, so nobody could see that one recover (no probe broken for ${SETTLE_S} s): give it "when": { "afterS": ${SETTLE_S} } or more, or make both steps one "parallel"`;
}

function tooShort(times: { readonly loadS: number; readonly lengthS: number; readonly neededS: number }): string {
  const { loadS, lengthS, neededS } = times;
  const leastS = loadS + Math.ceil(neededS - lengthS);
  return `the load of ${lengthS} s (loadS ${loadS} and its ramps) ends before gate, faults and recovery can be over: they need ${neededS} s at least, so make loadS ${leastS} or more`;
}
