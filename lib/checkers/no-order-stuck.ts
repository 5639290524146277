// S1-STUCK: no order that the platform took is still not final after the profile's stuck time; one whose answer was lost counts as well, if it is there.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { progressOf } from '../model/order.ts';
import { holds } from '../stats/rate.ts';
import { boundsOn, type Checker, listed, ofBound } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { fatesOf, type OrderFate } from './fates.ts';
import { count, duration, some } from './wording.ts';

export const noOrderStuck: Checker = (evidence, bounds) =>
  boundsOn('orders_stuck', bounds, evidence.run).map((bound) => judge(evidence, bound));

function judge(evidence: Evidence, bound: Bound): Finding {
  const { stuckAfterMs } = evidence.run.profile;
  const taken = fatesOf(evidence).filter(
    ({ order, fate }) => order.submission === 'acknowledged' || fate === 'recovered',
  );
  const open = taken.filter(isOpen);
  const old = open.filter((fate) => (ageMs(fate) ?? 0) >= stuckAfterMs);
  const common = {
    ...ofBound(bound),
    kind: 'bound' as const,
    promised: true,
    observed: old.length,
    samples: taken.length,
  };
  const of = `of ${some(taken.length, 'order')}`;
  const after = duration(stuckAfterMs);
  if (!holds(old.length, bound.comparison, bound.limit)) {
    const message = `${count(old.length)} ${of} not final after ${after}${unknownWords(old)}`;
    return { ...common, status: 'fail', message, evidence: { states: stateCounts(old), stuck: listed(shown(old)) } };
  }
  if (open.length > old.length) {
    const message = `${count(open.length)} ${of} not final, but none was watched for ${after}${unknownWords(open)}`;
    return { ...common, status: 'inconclusive', message, evidence: { open: listed(shown(open)) } };
  }
  if (taken.length === 0) {
    return { ...common, status: 'inconclusive', message: 'no order was taken, so none could be stuck' };
  }
  const unread = taken.filter(({ fate }) => fate === 'unread').length;
  if (unread > 0) {
    return { ...common, status: 'inconclusive', message: `${count(unread)} ${of} could not be read back` };
  }
  const message =
    old.length === 0 ? `all ${some(taken.length, 'order')} final or lost` : `${count(old.length)} ${of} not final`;
  return { ...common, status: 'pass', message };
}

/** A recovered order has no fate of its own beside being there: its state tells. */
function isOpen({ fate, sight }: OrderFate): boolean {
  if (fate !== 'recovered') return fate === 'stuck';
  const progress = progressOf(sight.states.at(-1) ?? '');
  return progress === 'open' || progress === 'unrecognised';
}

/** Between the submit and the last time that the order was seen; `null` when no time of a read is known. */
function ageMs({ order, seenMs }: OrderFate): number | null {
  return seenMs === null || order.submittedMs === null ? null : seenMs - order.submittedMs;
}

/** State words that the contract does not know are named: they may be final in the platform's eyes. */
function unknownWords(fates: readonly OrderFate[]): string {
  const words = new Set(fates.flatMap(({ sight }) => sight.states));
  const unknown = [...words].filter((state) => progressOf(state) === 'unrecognised');
  return unknown.length === 0 ? '' : `; states that the contract does not know: ${unknown.join(', ')}`;
}

function stateCounts(fates: readonly OrderFate[]): Record<string, number> {
  const groups = Map.groupBy(fates, ({ sight }) => sight.states.at(-1) ?? 'unknown');
  return Object.fromEntries(Array.from(groups, ([state, all]) => [state, all.length]));
}

function shown(fates: readonly OrderFate[]) {
  return fates.map((fate) => ({
    key: fate.order.key,
    orderId: fate.order.orderId,
    states: fate.sight.states,
    ageMs: ageMs(fate),
  }));
}
