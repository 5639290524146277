// S1-DLQ: what the platform gave up. How deep the dead-letter queues are, and what came into them while the load ran.

import type { Bound } from '../model/bound.ts';
import { BROKER_LAG_MS, DEAD_LETTERS } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { holds } from '../stats/rate.ts';
import { boundsOn, type Checker, ofBound } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { gapIn, type Look, looksAt, riseOf, sumOf, unjudged } from './watched.ts';
import { count, some } from './wording.ts';

export const deadLetters: Checker = (evidence, bounds) => [
  ...boundsOn('dead_letter_depth', bounds, evidence.run).map((bound) => judge(evidence, bound, deepest)),
  ...boundsOn('dead_letters_new', bounds, evidence.run).map((bound) => judge(evidence, bound, added)),
];

interface Seen {
  readonly observed: number;
  readonly message: string;
}

function judge(evidence: Evidence, bound: Bound, see: (looks: readonly Look[]) => Seen): Finding {
  const common = { ...ofBound(bound), kind: 'bound' as const, promised: true };
  const looks = looksAt(DEAD_LETTERS, evidence);
  const gap = gapIn(looks, evidence, BROKER_LAG_MS);
  const seen = looks.length === 0 ? null : see(looks);
  if (seen !== null && !holds(seen.observed, bound.comparison, bound.limit)) {
    return { ...common, ...seen, status: 'fail', samples: looks.length };
  }
  if (seen === null || gap !== null) return { ...common, ...unjudged(evidence, 'broker', gap ?? 'nothing was seen') };
  return { ...common, ...seen, status: 'pass', samples: looks.length };
}

function deepest(looks: readonly Look[]): Seen {
  const observed = Math.max(...looks.map(sumOf));
  return { observed, message: `${some(observed, 'dead letter')} at most in all dead-letter queues` };
}

/** How many messages came into all dead-letter queues between the first look and the last one. */
export function newDeadLetters(looks: readonly Look[]): number {
  return looks.length === 0 ? 0 : added(looks).observed;
}

/** From look to look, so that what was removed or moved meanwhile hides nothing that came. */
function added(looks: readonly Look[]): Seen {
  const names = [...(looks[0]?.values.keys() ?? [])];
  const risen = names.map((name) => ({ name, by: riseOf(looks.map(({ values }) => values.get(name) ?? 0)) }));
  const observed = risen.reduce((sum, { by }) => sum + by, 0);
  const queues = risen.filter(({ by }) => by > 0).map(({ name, by }) => `${count(by)} in ${name}`);
  const message =
    observed === 0
      ? 'no message was dead-lettered'
      : `${some(observed, 'message')} dead-lettered: ${queues.join(', ')}`;
  return { observed, message };
}
