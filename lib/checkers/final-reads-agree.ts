// Whether the platform says the same over HTTP and in its own store: an order is there for both or for neither, completed for both or for neither.

import { progressOf } from '../model/order.ts';
import { type Checker, listed } from './checker.ts';
import { fatesOf, type OrderFate } from './fates.ts';
import { some } from './wording.ts';

export const finalReadsAgree: Checker = (evidence) => {
  const { finalReads, platform } = evidence;
  const id = 'final-reads-agree';
  if (finalReads === null || platform?.orders == null) {
    const message = 'not measured: orders were read from one source only';
    return [{ id, kind: 'integrity', status: 'not-measured', promised: false, message }];
  }
  const fates = fatesOf(evidence);
  const disagreements = fates.filter(disagrees);
  const samples = fates.filter(({ order }) => finalReads.reads.has(order.key)).length;
  const common = { id, kind: 'integrity' as const, promised: false, samples };
  if (disagreements.length === 0) {
    return [{ ...common, status: 'pass', message: `HTTP and store agree on ${some(samples, 'order')}` }];
  }
  const ids = disagreements.map(({ order, sight }) => ({
    key: order.key,
    orderId: order.orderId,
    presence: sight.presence,
    states: sight.states,
  }));
  const message = `HTTP and store disagree on ${some(disagreements.length, 'order')}`;
  return [{ ...common, status: 'fail', message, evidence: { disagreements: listed(ids) } }];
};

/** Open in one and final in the other is no disagreement: the two were read one after the other. */
function disagrees({ sight }: OrderFate): boolean {
  const progress = sight.states.map(progressOf);
  return sight.presence === 'both' || (progress.includes('completed') && progress.includes('failed'));
}
