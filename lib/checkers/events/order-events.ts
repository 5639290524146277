// Compares the platform's own events with its orders: each order is told of, and what was told had its effect, or lies where the platform
// itself put it. How often it is told of is not asked: a tap may get a message again, and consumers must bear that; effects tell whether they did.
// Without a tap, effects alone tell, and the finding says so.

import type { Finding } from '../../model/finding.ts';
import type { EffectKind } from '../../model/order.ts';
import { type Checker, listed } from '../checker.ts';
import type { Evidence, FoldedTapped } from '../evidence.ts';
import { fatesOf, type OrderFate } from '../fates.ts';
import { ordersWithEffects } from '../orders-with-effects.ts';
import { recoveriesOf } from '../recovery/fault-recovery.ts';
import { count, some } from '../wording.ts';
import { swallowedOf } from './swallowed.ts';
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
  // An order whose id no answer told cannot be looked for among the events.
  const acknowledged = fatesOf(evidence).filter(
    ({ order }) => order.submission === 'acknowledged' && order.orderId !== null,
  );
  if (acknowledged.length === 0) return [{ ...common, status: 'inconclusive', message: 'no order was acknowledged' }];
  const placed = { event: tap.placedEvent, orders: acknowledged, are: 'acknowledged', brings: 'payment' } as const;
  const paid = acknowledged.filter(isPaidIn(evidence));
  const captured = { event: tap.capturedEvent ?? '', orders: paid, are: 'paid', brings: 'stock-commitment' } as const;
  const told = tap.capturedEvent === undefined || paid.length === 0 ? [placed] : [placed, captured];
  const judged = told.map((each) => ({
    ...common,
    samples: each.orders.length,
    ...compare(evidence, whole.tapped, each),
  }));
  return [...judged, ...unknownPayments(evidence)];
};

/** The second event is due for paid orders only. */
function unknownPayments(evidence: Evidence): readonly Finding[] {
  const event = evidence.run.target.tap?.capturedEvent;
  if (event === undefined || ordersWithEffects(evidence) !== null) return [];
  const message = `${event} not measured: without the orders' effects nobody knows which of them were paid for`;
  return [{ id: ID, kind: 'integrity', status: 'not-measured', promised: false, message }];
}

function isPaidIn(evidence: Evidence): (fate: OrderFate) => boolean {
  const effects = ordersWithEffects(evidence);
  return ({ order }) => (effects?.get(order.key)?.effects.payment ?? 0) > 0;
}

/** One event, and the orders that it must have been published of. */
interface Told {
  readonly event: string;
  readonly orders: readonly OrderFate[];
  /** What these orders are, for a person. */
  readonly are: string;
  /** The effect that it has, unless the order ends for another reason. */
  readonly brings: EffectKind;
}

type Judgement = Pick<Finding, 'status' | 'message' | 'observed' | 'evidence'>;

function compare(evidence: Evidence, tapped: FoldedTapped, { event, orders, are, brings }: Told): Judgement {
  const heardIds = tapped.orderIds.get(event) ?? new Set<string>();
  const isHeard = ({ order }: OrderFate): boolean => heardIds.has(order.orderId ?? '');
  const [heard, unheard] = [orders.filter(isHeard), orders.filter((fate) => !isHeard(fate))];
  if (heard.length === 0 && orders.some(({ fate }) => fate === 'completed')) {
    const message = `no ${event} was seen at all, although orders were completed: does the target file tap the right exchange, routing key and type?`;
    return { status: 'inconclusive', message };
  }
  const late = unheard.filter((fate) => mayStillCome(fate, heard, evidence));
  const silent = unheard.filter((fate) => !late.includes(fate));
  const swallowed = swallowedOf(heard, brings, tapped, evidence);
  const of = `of ${some(orders.length, `${are} order`)}`;
  const broken = [
    ...(silent.length === 0 ? [] : [`${count(silent.length)} ${of} without ${event}`]),
    ...(swallowed.length === 0
      ? []
      : [
          `${count(swallowed.length)} ${of} whose ${event} is lost: it was published, and there is no ${brings}, no dead letter, and no queue that holds it`,
        ]),
  ];
  if (broken.length > 0) {
    const observed = silent.length + swallowed.length;
    const lists = { swallowed: ids(swallowed), silent: ids(silent) };
    return { status: 'fail', message: broken.join('; '), observed, evidence: lists };
  }
  if (late.length > 0) {
    const message = `${count(late.length)} ${of} without ${event}, and not final either: it may still wait with its publisher`;
    return { status: 'inconclusive', message, evidence: { unheard: ids(late) } };
  }
  return { status: 'pass', message: `${event} was seen ${of}`, observed: 0 };
}

/**
 * A publisher that keeps its messages until the broker takes them may be late. Not any more when the stuck time has passed since the
 * acknowledgement, and events of orders that were taken after this one have come; unless the platform has not recovered from a fault.
 */
function mayStillCome({ order, fate }: OrderFate, heard: readonly OrderFate[], evidence: Evidence): boolean {
  const { run, tapped } = evidence;
  if (fate !== 'stuck' && fate !== 'unread') return false;
  if (recoveriesOf(evidence).some(({ recoveredMs }) => recoveredMs === null)) return true;
  const takenMs = order.acknowledgedMs ?? Number.POSITIVE_INFINITY;
  if ((tapped?.end?.timeMs ?? 0) - takenMs < run.profile.stuckAfterMs) return true;
  return !heard.some((other) => (other.order.acknowledgedMs ?? 0) > takenMs);
}

function ids(fates: readonly OrderFate[]) {
  return listed(
    fates.map(({ order, fate, sight }) => ({ key: order.key, orderId: order.orderId, fate, states: sight.states })),
  );
}
