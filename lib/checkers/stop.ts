// When the load was cut from outside: orders still open then are censored, known to be slower than their age and nothing more.

import type { Evidence, OrderRecord } from './evidence.ts';
import { hasGaps } from './record-flaws.ts';

/** An interrupted process notices the signal before the suite does; what ended unknown within this time was cut by it. */
const NOTICE_MS = 1_000;

/** From when on operations of an interrupted run count as cut by the stop. Infinite when the run was not interrupted. */
export function stopNoticedMs(run: Evidence['run']): number {
  return run.interruption === null ? Number.POSITIVE_INFINITY : run.interruption.timeMs - NOTICE_MS;
}

/**
 * The latest moment up to which the history certainly tells everything; `null` when the load ran to its end and was
 * recorded to its end. Minus infinity when lines are missing somewhere in the middle.
 */
export function stopOf({ run, history: { condition } }: Evidence): number | null {
  if (hasGaps(condition)) return Number.NEGATIVE_INFINITY;
  const unended = condition.writers.filter((writer) => writer.end === null);
  const lastLines = unended.map((writer) => writer.lastMs);
  if (run.interruption === null && unended.length === 0) return null;
  return Math.min(stopNoticedMs(run), ...lastLines);
}

/** Whether this order was still under way at the stop, so that the history does not tell how it went on. */
export function isCensored(order: OrderRecord, stopMs: number | null): boolean {
  if (stopMs === null) return false;
  const unawaited = order.submission === 'acknowledged' && order.awaited === 'no';
  return order.lastOutcome === 'open' || order.lastMs >= stopMs || unawaited;
}
