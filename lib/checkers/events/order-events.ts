// Compares the platform's own events with its orders: each acknowledged order was published once at least, and what was published had an effect,
// or lies where the platform itself put it. Without a tap, effects alone tell, and the finding says so.

import type { Finding } from '../../model/finding.ts';
import type { TapSummary } from '../../model/tapped.ts';
import { type Checker, listed } from '../checker.ts';
import type { Evidence, FoldedTapped } from '../evidence.ts';
import { fatesOf, type OrderFate } from '../fates.ts';
import { some } from '../wording.ts';
import { swallowedIn } from './swallowed.ts';
import { wholeTap } from './tapped.ts';

const ID = 'order-events';

export const orderEvents: Checker = (evidence) => {
  const { tap } = evidence.run.target;
  if (tap === undefined) {
    const message = 'events not measured: the target file names no tap; effects alone tell what became of an order';
    return [{ id: ID, kind: 'integrity', status: 'not-measured', promised: false, message }];
  }
  const common = { id: ID, kind: 'integrity' as const, promised: true };
  const whole = wholeTap(evidence);
  if ('doubt' in whole) return [{ ...common, status: 'inconclusive', message: `cannot be judged: ${whole.doubt}` }];
  return [{ ...common, ...compare(evidence, whole.tapped, tap) }];
};

function compare(
  evidence: Evidence,
  tapped: FoldedTapped,
  { placedEvent }: TapSummary,
): Omit<Finding, 'id' | 'kind' | 'promised'> {
  // An order whose id no answer told cannot be looked for among the events.
  const acknowledged = fatesOf(evidence).filter(
    ({ order }) => order.submission === 'acknowledged' && order.orderId !== null,
  );
  const samples = acknowledged.length;
  if (samples === 0) return { status: 'inconclusive', message: 'no order was acknowledged', samples };
  const heard = tapped.orderIds.get(placedEvent) ?? new Set<string>();
  if (heard.size === 0 && acknowledged.some(({ fate }) => fate === 'completed')) {
    const message = `no ${placedEvent} was seen at all, although orders were completed: does the target file tap the right exchange, routing key and type?`;
    return { status: 'inconclusive', message, samples };
  }
  const unheard = acknowledged.filter((fate) => !isHeard(fate, heard));
  const late = new Set(unheard.filter((fate) => mayStillCome(fate, { evidence, tapped, acknowledged, heard })));
  const silent = unheard.filter((fate) => !late.has(fate));
  const swallowed = swallowedIn(
    evidence,
    tapped,
    acknowledged.filter((fate) => isHeard(fate, heard)),
  );
  const observed = silent.length + swallowed.length;
  const of = `of ${some(samples, 'acknowledged order')}`;
  if (observed > 0) {
    const parts = [
      ...(silent.length === 0 ? [] : [`${silent.length} ${of} without ${placedEvent}`]),
      ...(swallowed.length === 0
        ? []
        : [
            `${swallowed.length} ${of} whose ${placedEvent} was published and is gone: no effect, no dead letter, and no queue holds it`,
          ]),
    ];
    const message = parts.join('; ');
    return { status: 'fail', message, observed, samples, evidence: { silent: ids(silent), swallowed: ids(swallowed) } };
  }
  if (late.size > 0) {
    const message = `${late.size} ${of} without ${placedEvent}, and not final either: it may still wait with its publisher`;
    return { status: 'inconclusive', message, samples, evidence: { unheard: ids([...late]) } };
  }
  return { status: 'pass', message: `${placedEvent} was seen of each ${of}`, observed, samples };
}

function isHeard({ order }: OrderFate, heard: ReadonlySet<string>): boolean {
  return order.orderId !== null && heard.has(order.orderId);
}

interface Circumstances {
  readonly evidence: Evidence;
  readonly tapped: FoldedTapped;
  readonly acknowledged: readonly OrderFate[];
  readonly heard: ReadonlySet<string>;
}

/**
 * A publisher that keeps its messages until the broker takes them may be late. Not any more when the stuck time has passed since the
 * acknowledgement, and events of orders that were taken after this one have come.
 */
function mayStillCome({ order, fate }: OrderFate, { evidence, tapped, acknowledged, heard }: Circumstances): boolean {
  if (fate !== 'stuck' && fate !== 'unread') return false;
  const takenMs = order.acknowledgedMs ?? Number.POSITIVE_INFINITY;
  const watchedMs = (tapped.end?.timeMs ?? 0) - takenMs;
  if (watchedMs < evidence.run.profile.stuckAfterMs) return true;
  return !acknowledged.some((other) => (other.order.acknowledgedMs ?? 0) > takenMs && isHeard(other, heard));
}

function ids(fates: readonly OrderFate[]) {
  return listed(
    fates.map(({ order, fate, sight }) => ({ key: order.key, orderId: order.orderId, fate, states: sight.states })),
  );
}
