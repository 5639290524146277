// Looks through thresholds.ts and the target's waivers before anything is touched: a promise that nobody can judge must not come out after the load.

import { aggregateComplaint } from '../../lib/checkers/judged-aggregates.ts';
import type { Bound } from '../../lib/model/bound.ts';
import { usageError } from '../../lib/model/stampede-error.ts';
import type { Target } from '../../lib/model/target.ts';
import { complaintOf, isBound } from '../../reports/store/schemas.ts';

export interface Promises {
  readonly bounds: readonly Bound[];
  /** Names of all profiles. */
  readonly profiles: readonly string[];
}

/** Throws a StampedeError 64 that names every bound that is malformed or cannot be judged so, stands there twice, or is promised by a profile that does not exist. */
export function checkBounds({ bounds, profiles }: Promises): void {
  const complaints = bounds.flatMap((bound, index) => [
    ...shapeComplaints(bound).map((complaint) => `${nameOf(bound, index)}: ${complaint}`),
    ...(bounds.findIndex(({ id }) => id === bound.id) < index ? [`${nameOf(bound, index)}: stands there twice`] : []),
    ...strangers(bound, profiles).map((name) => `${nameOf(bound, index)}: there is no profile "${name}" to promise it`),
  ]);
  if (complaints.length === 0) return;
  throw usageError(
    `thresholds.ts is not valid:\n  ${complaints.join('\n  ')}`,
    'lib/model/bound.ts says what a bound is made of.',
  );
}

/** Throws a StampedeError 64 when the target waives a bound that there is not: the waiver would have no effect. */
export function checkWaivers({ waivers = [] }: Target, bounds: readonly Bound[]): void {
  const ids = bounds.map(({ id }) => id);
  const idle = waivers.map(({ bound }) => bound).filter((bound) => !ids.includes(bound));
  if (idle.length === 0) return;
  throw usageError(
    `the target file waives ${idle.map((bound) => `"${bound}"`).join(', ')}, which thresholds.ts does not know`,
    `Bounds that can be waived: ${ids.join(', ')}`,
  );
}

function shapeComplaints(bound: Bound): readonly string[] {
  if (!isBound(bound)) return [complaintOf(isBound)];
  const complaint = aggregateComplaint(bound);
  return complaint === null ? [] : [complaint];
}

function nameOf({ id }: Bound, index: number): string {
  return id === undefined ? `bound number ${index + 1}` : `bound ${id}`;
}

function strangers({ promisedBy = [] }: Bound, profiles: readonly string[]): readonly string[] {
  return promisedBy.filter((name) => !profiles.includes(name));
}
