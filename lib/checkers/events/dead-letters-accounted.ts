// Whose orders the dead letters are: every message that the platform gave up during the run, by order id. How many there may be is S1-DLQ's matter.

import { DEAD_LETTERS } from '../../model/evidence.ts';
import { type Checker, listed } from '../checker.ts';
import { newDeadLetters } from '../dead-letters.ts';
import type { Evidence, FoldedTapped } from '../evidence.ts';
import { fatesOf, type OrderFate } from '../fates.ts';
import { looksAt } from '../watched.ts';
import { count, some } from '../wording.ts';
import { wholeTap } from './tapped.ts';

const ID = 'dead-letters-accounted';

export const deadLettersAccounted: Checker = (evidence) => {
  const { tap } = evidence.run.target;
  if (tap === undefined) return [];
  if (!tap.deadLetters) {
    const message = 'not measured: the target file taps no dead letters, so it is not known whose orders they are';
    return [{ id: ID, kind: 'measurement', status: 'not-measured', promised: false, message }];
  }
  const common = { id: ID, kind: 'measurement' as const, promised: true };
  const whole = wholeTap(evidence);
  if ('doubt' in whole) return [{ ...common, status: 'inconclusive', message: `cannot be judged: ${whole.doubt}` }];
  return [{ ...common, ...account(evidence, whole.tapped) }];
};

function account(evidence: Evidence, { deadLetters }: FoldedTapped) {
  const known = new Map(
    fatesOf(evidence).flatMap((fate) => (fate.order.orderId === null ? [] : [[fate.order.orderId, fate]])),
  );
  const own = deadLetters.flatMap((letter) => {
    const fate = known.get(letter.orderId ?? '');
    return fate === undefined ? [] : [{ ...letter, fate }];
  });
  const nameless = deadLetters.filter(({ orderId }) => orderId === null).length;
  const foreign = deadLetters.length - own.length - nameless;
  const risen = newDeadLetters(looksAt(DEAD_LETTERS, evidence));
  const observed = deadLetters.length;
  const shown = own.map(({ fate, event, queue, reason }) => ({
    key: fate.order.key,
    orderId: fate.order.orderId,
    event,
    queue,
    reason,
    fate: fate.fate,
  }));
  const facts = { observed, samples: observed, evidence: { deadLetters: listed(shown) } };
  if (risen > observed) {
    const message = `the dead-letter queues rose by ${count(risen)}, and the tap saw ${count(observed)}: does the target file name every binding?`;
    return { ...facts, status: 'inconclusive' as const, message };
  }
  if (nameless > 0) {
    const message = `${count(nameless)} of ${some(observed, 'dead letter')} without a correlation id: nobody knows whose`;
    return { ...facts, status: 'inconclusive' as const, message };
  }
  return {
    ...facts,
    status: 'pass' as const,
    message: `${sumUp(own.map(({ fate }) => fate))}${foreign === 0 ? '' : `; ${count(foreign)} of orders that are not ours`}`,
  };
}

function sumUp(fates: readonly OrderFate[]): string {
  if (fates.length === 0) return 'no order of this run has a dead letter';
  const orders = [...new Set(fates)];
  const groups = Array.from(
    Map.groupBy(orders, ({ fate }) => fate),
    ([fate, all]) => `${count(all.length)} ${fate}`,
  );
  return `${some(fates.length, 'dead letter')} of ${some(orders.length, 'order')}: ${groups.join(', ')}`;
}
