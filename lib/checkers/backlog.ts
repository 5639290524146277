// S1-BACKLOG: the consumers' queues are empty again soon after the load has ended.

import type { Bound } from '../model/bound.ts';
import { BROKER_LAG_MS, QUEUE_DEPTH } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { holds } from '../stats/rate.ts';
import { boundsOn, type Checker, ofBound } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { type Look, looksAt, sumOf, unjudged } from './watched.ts';
import { duration, some } from './wording.ts';

export const backlog: Checker = (evidence, bounds) =>
  boundsOn('backlog_drain_time', bounds, evidence.run).map((bound) => judge(evidence, bound));

function judge(evidence: Evidence, bound: Bound): Finding {
  const common = { ...ofBound(bound), kind: 'bound' as const, promised: true };
  const endedMs = evidence.run.load?.endedMs ?? Number.POSITIVE_INFINITY;
  const looks = looksAt(QUEUE_DEPTH, evidence);
  // What the broker tells before that is of the time of the load.
  const after = looks.filter(({ timeMs }) => timeMs >= endedMs + BROKER_LAG_MS);
  const [last] = after.slice(-1);
  if (last === undefined)
    return { ...common, ...unjudged(evidence, 'broker', 'the queues were not seen long enough after the load') };
  const empty = after.find((look) => sumOf(look) === 0);
  const afterMs = (look: Look): number => look.timeMs - endedMs;
  const late = after.find((look) => sumOf(look) > 0 && !holds(afterMs(look), bound.comparison, bound.limit));
  const observed = afterMs(empty ?? last);
  const figures = { observed, samples: after.length, evidence: { deepest: Math.max(...looks.map(sumOf)) } };
  const limit = duration(bound.limit);
  if (late !== undefined) {
    const message = `${left(late)} ${duration(afterMs(late))} after the load, bound ${limit}`;
    return { ...common, ...figures, status: 'fail', message };
  }
  if (empty === undefined || !holds(observed, bound.comparison, bound.limit)) {
    const message = `${left(last)} when last seen, and nobody looked at ${limit} after the load`;
    return { ...common, ...figures, status: 'inconclusive', message };
  }
  return {
    ...common,
    ...figures,
    status: 'pass',
    message: `the queues were empty ${duration(observed)} after the load`,
  };
}

function left(look: Look): string {
  const queues = Array.from(look.values).filter(([, depth]) => depth > 0);
  return sumOf(look) === 0
    ? 'nothing'
    : `${some(sumOf(look), 'message')} in ${queues.map(([name]) => name).join(', ')}`;
}
