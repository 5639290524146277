// Every experiment that ships, by its name.

import type { Experiment } from '../engine/experiment.ts';
import { BROKER_EXPERIMENTS } from './broker.ts';
import { NETWORK_EXPERIMENTS } from './network.ts';
import { PROCESS_EXPERIMENTS } from './processes.ts';

export const ALL_EXPERIMENTS: readonly Experiment[] = [
  ...BROKER_EXPERIMENTS,
  ...PROCESS_EXPERIMENTS,
  ...NETWORK_EXPERIMENTS,
];

export function experimentNamed(name: string): Experiment | undefined {
  return ALL_EXPERIMENTS.find((experiment) => experiment.name === name);
}
