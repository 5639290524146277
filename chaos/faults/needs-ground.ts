// Whether an experiment has a fault for which the embedded platform must have been prepared.

import { type Experiment, plannedFaults } from '../engine/experiment.ts';
import type { AnyFault, Fault } from './fault.ts';

/** `faultNamed`: of the platform in question. */
export function needsGround(
  experiment: Pick<Experiment, 'method'>,
  faultNamed: (name: string) => Fault | AnyFault | undefined,
): boolean {
  return plannedFaults(experiment)
    .flat()
    .some(({ fault }) => faultNamed(fault)?.needsGround === true);
}
