// S1-DURABLE: no acknowledged order is lost. What `lost` means is decided in fates.ts.

import type { Finding } from '../model/finding.ts';
import { type Checker, type Held, heldTo, listed } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { fatesOf } from './fates.ts';
import { count, some } from './wording.ts';

/** Judged whether promised or not, and without any bound: a lost order is never in order. */
export const noOrderLost: Checker = (evidence, bounds) =>
  heldTo('orders_lost', bounds, evidence.run, { id: 'no-order-lost', promised: false }).map((held) =>
    judge(evidence, held),
  );

function judge(evidence: Evidence, held: Held): Finding {
  const acknowledged = fatesOf(evidence).filter(({ order }) => order.submission === 'acknowledged');
  const lost = acknowledged.filter(({ fate }) => fate === 'lost');
  const unread = acknowledged.filter(({ fate }) => fate === 'unread');
  const common = {
    ...held,
    kind: 'integrity' as const,
    observed: lost.length,
    samples: acknowledged.length,
  };
  const of = `of ${some(acknowledged.length, 'acknowledged order')}`;
  if (lost.length > 0) {
    const fellBack = lost.filter(({ sight }) => sight.presence === 'present').length;
    const message = `${count(lost.length)} ${of} lost (${lost.length - fellBack} absent, ${fellBack} fallen back from a completed state)`;
    const ids = lost.map(({ order, sight }) => ({ key: order.key, orderId: order.orderId, states: sight.states }));
    return { ...common, status: 'fail', message, evidence: { lost: listed(ids) } };
  }
  if (acknowledged.length === 0) {
    return { ...common, status: 'inconclusive', message: 'no order was acknowledged, so none could be lost' };
  }
  if (unread.length === 0) return { ...common, status: 'pass', message: `none ${of} lost` };
  const ids = unread.map(({ order }) => ({ key: order.key, orderId: order.orderId }));
  const message = `none seen lost, but ${count(unread.length)} ${of} could not be read back`;
  return { ...common, status: 'inconclusive', message, evidence: { unread: listed(ids) } };
}
