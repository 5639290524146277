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
  /** After the experiment's process was started. */
  readonly afterMs: number;
}

/** From before the load to after the heal. */
const EARLIEST_MS = 1_500;
const LATEST_MS = 16_000;
const FAULT_S = 5;

/** Every fault comes before one comes twice; so do the signals. */
export function momentNumber(number: number, seed: number): Moment {
  const first = between(drawsOf(seed, 0), 0, ALL_FAULTS.length - 1);
  const fault = ALL_FAULTS[(first + number) % ALL_FAULTS.length]?.name ?? '';
  const signal = STOPS[(number + seed) % STOPS.length] ?? 'SIGKILL';
  return { number, fault, signal, afterMs: between(drawsOf(seed, number), EARLIEST_MS, LATEST_MS) };
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
