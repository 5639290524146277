// How long the queues took after a fault to be as they were before any.

import { BROKER_LAG_MS, QUEUE_DEPTH } from '../../model/evidence.ts';
import type { Evidence } from '../evidence.ts';
import { looksAt, sumOf } from '../watched.ts';
import type { FaultRecovery } from './fault-recovery.ts';

/** Queues of a platform at work are never quite still: up to this share of the users may have a message in them at any moment. */
const USUAL_SHARE = 0.1;

/**
 * From the moment from which recovery is counted, in ms; coarse, since a broker tells its depths every few seconds. 0 when there was no backlog;
 * `null` when nobody looked, or the queues were not seen as before after they had been deepest, until another fault struck.
 */
export function drainMs(evidence: Evidence, recovery: FaultRecovery): number | null {
  const { fault, referenceMs, watchedUntilMs, nextStruckMs } = recovery;
  if (referenceMs === null) return null;
  const looks = looksAt(QUEUE_DEPTH, evidence).map((look) => ({ timeMs: look.timeMs, depth: sumOf(look) }));
  const firstStrikeMs = Math.min(fault.struckMs, ...(evidence.chaos?.faults ?? []).map(({ struckMs }) => struckMs));
  const before = looks.filter(({ timeMs }) => timeMs < firstStrikeMs);
  // From the next strike on, what stands in the queues may be that fault's.
  const untilMs = nextStruckMs ?? Math.max(watchedUntilMs, evidence.run.settle?.endedMs ?? 0) + BROKER_LAG_MS;
  const after = looks.filter(({ timeMs }) => timeMs >= fault.struckMs && timeMs <= untilMs);
  if (before.length === 0 || after.length === 0) return null;
  const users = Math.max(...evidence.run.profile.stages.map((stage) => stage.users));
  const usual = Math.max(users * USUAL_SHARE, ...before.map(({ depth }) => depth));
  const deepest = Math.max(...after.map(({ depth }) => depth));
  if (deepest <= usual) return 0;
  const sinceDeepest = after.slice(after.findIndex(({ depth }) => depth === deepest));
  const gone = sinceDeepest.find(({ depth }) => depth <= usual);
  return gone === undefined ? null : Math.max(0, gone.timeMs - referenceMs);
}
