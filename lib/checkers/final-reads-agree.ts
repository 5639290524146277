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
  const atRest = evidence.run.settle?.allFinal === true;
  const disagreements = fates.filter((fate) => disagrees(fate, atRest));
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

/**
 * Once all orders were seen at rest, each must be so for both; before, one that is open for the first and final for the second has merely
 * gone on between the two reads.
 */
function disagrees({ sight }: OrderFate, atRest: boolean): boolean {
  if (sight.presence === 'both') return true;
  const progress = new Set(sight.states.map(progressOf));
  if (progress.size < 2) return false;
  return atRest || (progress.has('completed') && progress.has('failed'));
}
