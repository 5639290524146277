// Every fault by its name: what experiments may use.

import type { Fault } from './fault.ts';

export const ALL_FAULTS: readonly Fault[] = [];

export function faultNamed(name: string): Fault | undefined {
  return ALL_FAULTS.find((fault) => fault.name === name);
}
