// Whether a window of the load is as a condition says.

import type { Condition } from '../../lib/model/experiment.ts';
import type { LiveWindow } from './live-windows.ts';

/** What is not as it must be; `null` when it is. A figure that a window does not have (no order ended) breaks a condition on it. */
export function conditionProblem({ figure, atLeast, atMost }: Condition, window: LiveWindow): string | null {
  const value = window.figures[figure];
  if (value === null) return `${figure} could not be measured`;
  if (atLeast !== undefined && value < atLeast) return `${figure} is ${rounded(value)}, must be ${atLeast} or more`;
  if (atMost !== undefined && value > atMost) return `${figure} is ${rounded(value)}, must be ${atMost} or less`;
  return null;
}

/** Of the first condition that does not hold. */
export function firstProblem(conditions: readonly Condition[], window: LiveWindow): string | null {
  for (const condition of conditions) {
    const problem = conditionProblem(condition, window);
    if (problem !== null) return problem;
  }
  return null;
}

function rounded(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
