// Every experiment that ships, by its name: those that run anywhere, and those for Kubernetes.

import type { Experiment } from '../engine/experiment.ts';
import { BROKER_EXPERIMENTS } from './broker.ts';
import { KUBERNETES_EXPERIMENTS } from './kubernetes.ts';
import { NETWORK_EXPERIMENTS } from './network.ts';
import { PROCESS_EXPERIMENTS } from './processes.ts';

export const ALL_EXPERIMENTS: readonly Experiment[] = [
  ...BROKER_EXPERIMENTS,
  ...PROCESS_EXPERIMENTS,
  ...NETWORK_EXPERIMENTS,
];

export function experimentNamed(name: string): Experiment | undefined {
  return [...ALL_EXPERIMENTS, ...KUBERNETES_EXPERIMENTS].find((experiment) => experiment.name === name);
}
