// An experiment as data: what must be so before, what may not happen meanwhile, what is broken when, and what the load is.

import type { Condition, PlannedFault, Trigger } from '../../lib/model/experiment.ts';
import type { JsonObject } from '../faults/fault.ts';

export interface Experiment {
  /** Kebab-case. */
  readonly name: string;
  /** One sentence: what is broken, and what is expected of the platform. */
  readonly about: string;
  /** Concurrent orders, held all the time; 1 to 10,000. Absent: 300. */
  readonly users?: number;
  /** How long the level is approached, in seconds; the longer, the more a trigger `atUsers` can tell. Absent: 10. */
  readonly rampS?: number;
  /** Length of the load at that level in seconds: gate, faults and the time to recover must fit into it. */
  readonly loadS: number;
  readonly steady: SteadyState;
  /** While a fault is on: healing begins when one of them breaks, and the run is stopped. */
  readonly guards: readonly Guard[];
  /** One after the other; those of one `parallel` together. */
  readonly method: readonly MethodStep[];
  /** Says in so many words that a majority of the broker's nodes will be down at once; without it such a fault is refused. */
  readonly accepts?: 'loss-of-the-majority';
}

/** What is true of the system when it is well: asked before (gate) and again when all is healed (judge). */
export interface SteadyState {
  readonly conditions: readonly Condition[];
  /** They must hold for so many windows of 1 s in a row. */
  readonly forS: number;
  /** Gate: by then, or nothing is injected. Judge: so long after the last heal, or the platform has not recovered. */
  readonly withinS: number;
}

/** Breaks when its condition does not hold in so many windows of 1 s in a row. */
export interface Guard extends Condition {
  readonly forS: number;
}

export type MethodStep = FaultStep | { readonly parallel: readonly FaultStep[] };

export interface FaultStep {
  /** Name of the fault (chaos/faults). */
  readonly fault: string;
  readonly options: JsonObject;
  /** Absent: at once. Of a second step in the method it is wanted, with a rest in which the recovery from the first can be seen. */
  readonly when?: Trigger;
  /** How long a lasting fault stays on, in seconds; absent for one that is over at once. At most 600. */
  readonly forS?: number;
}

export const USUAL_USERS = 300;
/** No fault stays on longer, whatever an experiment says. */
export const LONGEST_FAULT_S = 600;

const AT_ONCE: Trigger = { afterS: 0 };

/** The method, flat and with the keys under which the history tells of each fault: groups in order, each group at the same time. */
export function plannedFaults({ method }: Pick<Experiment, 'method'>): readonly (readonly PlannedFault[])[] {
  const times = new Map<string, number>();
  return method.map((step) => ('parallel' in step ? step.parallel : [step]).map((each) => planned(each, times)));
}

function planned({ fault, options, when = AT_ONCE, forS }: FaultStep, times: Map<string, number>): PlannedFault {
  const time = (times.get(fault) ?? 0) + 1;
  times.set(fault, time);
  return { key: keyOf(fault, time), fault, options, when, durationMs: forS === undefined ? null : forS * 1000 };
}

/** Of the operations of a fault that comes for the nth time, from 1. */
export function keyOf(name: string, time: number): string {
  return time === 1 ? name : `${name}#${time}`;
}
