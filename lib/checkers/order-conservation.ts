// Conservation of orders: every acknowledged order has exactly one fate, and the platform's store holds exactly the orders that it should.

import { RESUBMIT, SUBMIT } from '../model/history.ts';
import { FATES, type Fate } from '../model/order.ts';
import type { Checker } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { countFates, fatesOf, type OrderFate } from './fates.ts';
import { count, some } from './wording.ts';

const OF_ACKNOWLEDGED = ['completed', 'failed', 'stuck', 'lost', 'unread'] as const satisfies readonly Fate[];

/** acknowledged = completed + failed + stuck + lost + unread, with the left side counted from the steps, which know nothing of orders. */
export const orderConservation: Checker = (evidence) => {
  const fates = countFates(fatesOf(evidence));
  const acknowledged = OF_ACKNOWLEDGED.reduce((total, fate) => total + fates[fate], 0);
  const all = FATES.reduce((total, fate) => total + fates[fate], 0);
  const terms = OF_ACKNOWLEDGED.map((fate) => `${count(fates[fate])} ${fate}`).join(' + ');
  const common = { id: 'order-conservation', promised: true, samples: acknowledged };
  if (all === 0) return [{ ...common, kind: 'measurement', status: 'inconclusive', message: 'no order was begun' }];
  const { least, most } = submitsAnswered(evidence);
  if (acknowledged >= least && acknowledged <= most && all === evidence.history.orders.size) {
    const message = `${count(acknowledged)} acknowledged = ${terms}`;
    return [{ ...common, kind: 'integrity', status: 'pass', message }];
  }
  const message = `fates do not add up: ${count(least)} to ${count(most)} acknowledged, but ${terms}`;
  return [{ ...common, kind: 'suite', status: 'fail', message }];
};

/** How many orders the answers to submits acknowledge: the first ones, and at most the second ones as well. */
function submitsAnswered({ history }: Evidence): { readonly least: number; readonly most: number } {
  const okOf = (step: string): number =>
    Array.from(history.stages.values()).reduce((sum, { steps }) => sum + (steps.get(step)?.ok ?? 0), 0);
  const least = okOf(SUBMIT);
  return { least, most: least + okOf(RESUBMIT) };
}

/** The platform's store holds one row for each order that is there, and none besides. */
export const orderRows: Checker = (evidence) => {
  const { platform, run } = evidence;
  const promised = run.target.capabilities.includes('effects');
  const common = { id: 'order-rows', promised };
  if (platform?.orders == null) {
    const message = promised
      ? "the platform's orders could not be queried"
      : 'not measured: the target has no orders query';
    const status = promised ? 'inconclusive' : 'not-measured';
    return [{ ...common, kind: 'measurement', status, message }];
  }
  const expected = fatesOf(evidence).filter(isThere).length;
  const rows = Array.from(platform.orders.values()).reduce((sum, order) => sum + order.rows, 0);
  const figures = { observed: rows, limit: expected, comparison: '==', unit: 'orders', samples: rows } as const;
  if (rows === expected) {
    const message = `the platform's store holds ${some(rows, 'order')} of this run, as it should`;
    return [{ ...common, ...figures, kind: 'integrity', status: 'pass', message }];
  }
  const message = `the platform's store holds ${some(rows, 'order')} of this run, it should hold ${count(expected)}`;
  return [{ ...common, ...figures, kind: 'integrity', status: 'fail', message }];
};

function isThere({ sight }: OrderFate): boolean {
  return sight.presence === 'present' || sight.presence === 'both';
}
