// How long the queues took to be as they were before a fault.

import { BROKER_LAG_MS, QUEUE_DEPTH } from '../../model/evidence.ts';
import type { Evidence } from '../evidence.ts';
import { looksAt, sumOf } from '../watched.ts';
import type { FaultRecovery } from './fault-recovery.ts';

/**
 * From the moment from which recovery is counted, in ms; coarse, since a broker tells its depths every few seconds. 0 when there was no backlog;
 * `null` when nobody looked, or the queues were not seen as before.
 */
export function drainMs(evidence: Evidence, { fault, referenceMs, watchedUntilMs }: FaultRecovery): number | null {
  if (referenceMs === null) return null;
  const looks = looksAt(QUEUE_DEPTH, evidence).map((look) => ({ timeMs: look.timeMs, depth: sumOf(look) }));
  const before = looks.filter(({ timeMs }) => timeMs < fault.struckMs);
  const untilMs = Math.max(watchedUntilMs, evidence.run.settle?.endedMs ?? 0) + BROKER_LAG_MS;
  const after = looks.filter(({ timeMs }) => timeMs >= fault.struckMs && timeMs <= untilMs);
  if (before.length === 0 || after.length === 0) return null;
  const usual = Math.max(...before.map(({ depth }) => depth));
  const lastDeep = after.findLastIndex(({ depth }) => depth > usual);
  if (lastDeep === -1) return 0;
  const empty = after[lastDeep + 1];
  return empty === undefined ? null : Math.max(0, empty.timeMs - referenceMs);
}
