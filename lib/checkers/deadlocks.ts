// S1-DEADLOCKS: the database broke no deadlock while the load ran.

import type { Bound } from '../model/bound.ts';
import { DATABASE_LAG_MS, DEADLOCKS } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { holds } from '../stats/rate.ts';
import { boundsOn, type Checker, ofBound } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { endsMissing, looksAt, riseOf, stepsOf, sumOf, unjudged } from './watched.ts';
import { some } from './wording.ts';

export const deadlocks: Checker = (evidence, bounds) =>
  boundsOn('deadlocks', bounds, evidence.run).map((bound) => judge(evidence, bound));

function judge(evidence: Evidence, bound: Bound): Finding {
  const common = { ...ofBound(bound), kind: 'bound' as const, promised: true };
  const looks = looksAt(DEADLOCKS, evidence);
  const totals = looks.map(sumOf);
  const observed = riseOf(totals);
  const figures = { observed, samples: looks.length };
  if (!holds(observed, bound.comparison, bound.limit)) {
    return { ...common, ...figures, status: 'fail', message: `the database broke ${some(observed, 'deadlock')}` };
  }
  const wasReset = stepsOf(totals).some((step) => step < 0);
  const gap = endsMissing(looks, evidence, DATABASE_LAG_MS) ?? (wasReset ? 'its counter was reset' : null);
  if (gap !== null) return { ...common, ...unjudged(evidence, 'database', gap) };
  return { ...common, ...figures, status: 'pass', message: 'the database broke no deadlock' };
}
