// When and how the suite is stopped in the middle of an experiment: random, and a function of the seed.

import type { Experiment } from '../../chaos/engine/experiment.ts';
import { ALL_FAULTS } from '../../chaos/faults/all-faults.ts';
import { FAULT_SAMPLES } from '../../chaos/faults/fault-samples.ts';
import { between, drawsOf } from '../../lib/workload/draws.ts';

export const STOPS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

export interface Moment {
  /** With it and the seed a single moment can be repeated. */
  readonly number: number;
  readonly fault: string;
  readonly signal: (typeof STOPS)[number];
  /** What `afterMs` counts from: the start of the experiment's process, or the first intent on disk. */
  readonly since: 'start' | 'intent';
  readonly afterMs: number;
}

/** From the preparations to the gate. */
const SINCE_START_MS = [1_500, 6_000] as const;
/** From the strike to the middle of the heal. */
const SINCE_INTENT_MS = [0, 5_500] as const;
/** How often a moment is one before anything was done. */
const EVERY_OF_START = 4;
const FAULT_S = 5;

/** Every fault comes before one comes twice, each time with the next signal. */
export function momentNumber(number: number, seed: number): Moment {
  const first = between(drawsOf(seed, 0), 0, ALL_FAULTS.length - 1);
  const fault = ALL_FAULTS[(first + number) % ALL_FAULTS.length]?.name ?? '';
  const signal = STOPS[(number + Math.floor((number - 1) / ALL_FAULTS.length) + seed) % STOPS.length] ?? 'SIGKILL';
  const since = number % EVERY_OF_START === 0 ? 'start' : 'intent';
  const [earliestMs, latestMs] = since === 'start' ? SINCE_START_MS : SINCE_INTENT_MS;
  return { number, fault, signal, since, afterMs: between(drawsOf(seed, number), earliestMs, latestMs) };
}

/** One fault, some seconds after the load began, under few users. */
export function experimentOf({ fault: name }: Moment): Experiment {
  const options = FAULT_SAMPLES[name] ?? {};
  const lasting = ALL_FAULTS.find((each) => each.name === name)?.lasting(options) ?? false;
  return {
    name: `healing-${name}`,
    about: 'one fault, for the test of healing',
    users: 20,
    loadS: 20,
    steady: { conditions: [{ figure: 'users', atLeast: 1 }], forS: 1, withinS: 20 },
    guards: [],
    method: [{ fault: name, options, ...(lasting ? { forS: FAULT_S } : {}) }],
  };
}
