// What was watched beside the orders: one figure over time, and why it may be missing.

import type { Observation } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { TargetSummary } from '../model/run.ts';
import type { Evidence } from './evidence.ts';
import { duration } from './wording.ts';

/** The figures of one metric, look by look: value by name (queue or database). */
export interface Look {
  readonly timeMs: number;
  readonly values: ReadonlyMap<string, number>;
}

/** A look that does not tell of everything that was to be watched is none. */
export function looksAt(metric: Observation['metric'], { run, observations }: Evidence): readonly Look[] {
  const seen = (observations ?? []).filter((observation) => observation.metric === metric);
  return Array.from(
    Map.groupBy(seen, ({ timeMs }) => timeMs),
    ([timeMs, figures]) => ({ timeMs, values: new Map(figures.map(({ name, value }) => [name, value])) }),
  )
    .filter(({ values }) => (run.target.watched?.[metric] ?? []).every((name) => values.has(name)))
    .sort((one, other) => one.timeMs - other.timeMs);
}

export function sumOf({ values }: Look): number {
  return Array.from(values.values()).reduce((sum, value) => sum + value, 0);
}

/** How far a figure went from look to look: one step fewer than there are looks. */
export function stepsOf(figures: readonly number[]): readonly number[] {
  return figures.slice(1).map((figure, index) => figure - (figures[index] ?? figure));
}

/** All by which a figure rose, however much it fell meanwhile. */
export function riseOf(figures: readonly number[]): number {
  return stepsOf(figures).reduce((sum, step) => sum + Math.max(0, step), 0);
}

/** The suite looks every two seconds; a broker that is too busy to answer for so long hides what comes and goes. */
const LONGEST_GAP_MS = 20_000;

/** Whether the looks reach from before the load until the figures of its end are there, `lagMs` later; otherwise why they do not tell of it. */
export function endsMissing(looks: readonly Look[], { run }: Evidence, lagMs: number): string | null {
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined) return 'it was never seen';
  if (run.load === null) return 'it is not known when the load ended';
  if (first.timeMs > run.load.startedMs) return 'it was not seen before the load';
  return last.timeMs < run.load.endedMs + lagMs ? `it was not seen ${duration(lagMs)} after the load` : null;
}

/** The same, and whether there is a long gap between two looks: for figures that may rise and fall again. */
export function gapIn(looks: readonly Look[], evidence: Evidence, lagMs: number): string | null {
  const missing = endsMissing(looks, evidence, lagMs);
  if (missing !== null) return missing;
  const gapMs = Math.max(...stepsOf(looks.map(({ timeMs }) => timeMs)), 0);
  return gapMs > LONGEST_GAP_MS ? `it was not seen for ${duration(gapMs)}` : null;
}

/** What to say of a figure that could not be judged: not measured where the target gives no means, inconclusive where it did. */
export function unjudged(
  { run }: Evidence,
  means: TargetSummary['capabilities'][number],
  why: string,
): Pick<Finding, 'status' | 'message'> {
  if (run.target.capabilities.includes(means)) return { status: 'inconclusive', message: `cannot be judged: ${why}` };
  return { status: 'not-measured', message: `not measured: the target file names no ${means}` };
}
