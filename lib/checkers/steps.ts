// The steps of a stage that are judged as requests, and which of them speaks for the stage.

import { AWAIT, RESUBMIT } from '../model/history.ts';
import type { Judgement } from '../stats/share.ts';
import type { StageTally, StepTally } from './evidence.ts';

export interface JudgedStep {
  readonly step: string;
  readonly tally: StepTally;
  /** False for a step that only a few orders take: it can break a bound, but being rare it leaves none open. */
  readonly everyOrder: boolean;
}

/** Fewer requests of a step that only a few orders take say nothing about any percentile: a p90 needs as many. */
const RARE_STEP_SAMPLES = 29;

/** All steps but the status polls, which are judged apart, and rare ones of which there were too few. */
export function judgedSteps(stage: StageTally | undefined): readonly JudgedStep[] {
  const steps = Array.from(stage?.steps ?? [], ([step, tally]) => ({ step, tally, everyOrder: step !== RESUBMIT }));
  return steps.filter(
    ({ step, tally, everyOrder }) => step !== AWAIT && (everyOrder || tally.begun >= RARE_STEP_SAMPLES),
  );
}

/** Operations of which a stop from outside left unknown how they would have ended. */
export function doubtful(tally: StepTally): number {
  return tally.open + tally.infoAtStop;
}

const SEVERITY: Readonly<Record<Judgement, number>> = { fail: 2, inconclusive: 1, pass: 0 };

/** The step that decides: one that fails before one that is open before one that passes; among equals the one with the largest share. */
export function worstOf<T extends { readonly status: Judgement; readonly everyOrder: boolean }>(
  steps: readonly T[],
  shareOf: (step: T) => number,
): T | undefined {
  const deciding = steps.filter((step) => step.everyOrder || step.status === 'fail');
  return deciding.toSorted((a, b) => SEVERITY[b.status] - SEVERITY[a.status] || shareOf(b) - shareOf(a))[0];
}
