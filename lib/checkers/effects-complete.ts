// A completed order has every effect: without them, `completed` was only the platform's word. Orders recovered as completed are held to it too.
// And an order that failed has none that its failure rules out: no payment that was taken all the same, no parcel.

import { EFFECT_KINDS, type EffectKind, progressOf } from '../model/order.ts';
import { type Checker, listed } from './checker.ts';
import type { PlatformOrder } from './evidence.ts';
import { fatesOf, type OrderFate } from './fates.ts';
import { ordersWithEffects } from './orders-with-effects.ts';
import { some } from './wording.ts';

export const effectsComplete: Checker = (evidence) => {
  const known = ordersWithEffects(evidence);
  const promised = evidence.run.target.capabilities.includes('effects');
  const common = { id: 'effects-complete', promised };
  if (known === null) {
    const message = promised ? 'effects could not be read' : 'effects not measured: the target has no effects query';
    return [{ ...common, kind: 'integrity', status: promised ? 'inconclusive' : 'not-measured', message }];
  }
  const completed = fatesOf(evidence).filter(isCompleted);
  const incomplete = completed.flatMap(({ order }) => {
    const missing = EFFECT_KINDS.filter((kind) => (known.get(order.key)?.effects[kind] ?? 0) === 0);
    return missing.length === 0 ? [] : [{ key: order.key, orderId: order.orderId, missing }];
  });
  const samples = completed.length;
  const impossible = fatesOf(evidence).flatMap((fate) => impossibleEffects(fate, known.get(fate.order.key)));
  if (impossible.length > 0) {
    const message = `${some(impossible.length, 'failed order')} with effects that its failure rules out: ${[...new Set(impossible.flatMap(({ effects }) => effects))].join(', ')}`;
    return [
      { ...common, kind: 'integrity', status: 'fail', message, samples, evidence: { impossible: listed(impossible) } },
    ];
  }
  if (incomplete.length > 0) {
    const message = `${incomplete.length} of ${some(samples, 'completed order')} without ${kindsIn(incomplete)}`;
    return [
      { ...common, kind: 'integrity', status: 'fail', message, samples, evidence: { incomplete: listed(incomplete) } },
    ];
  }
  if (samples === 0) {
    return [{ ...common, kind: 'integrity', status: 'inconclusive', message: 'no order was completed', samples }];
  }
  const message = `each of ${some(samples, 'completed order')} has a ${EFFECT_KINDS.join(', a ')}`;
  return [{ ...common, kind: 'integrity', status: 'pass', message, samples }];
};

function isCompleted({ fate, sight }: OrderFate): boolean {
  const recovered = fate === 'recovered' && sight.states.every((state) => progressOf(state) === 'completed');
  return fate === 'completed' || recovered;
}

/** What cannot have happened to an order that ended so. Payments may have been taken and given back for any other failure. */
const RULED_OUT: Readonly<Record<string, readonly EffectKind[]>> = {
  PaymentFailed: ['payment', 'fulfilment-request'],
  OutOfStock: ['stock-commitment', 'fulfilment-request'],
};

function impossibleEffects({ order, sight }: OrderFate, row: PlatformOrder | undefined) {
  const state = sight.states.at(-1) ?? '';
  const effects = (RULED_OUT[state] ?? []).filter((kind) => (row?.effects[kind] ?? 0) > 0);
  return effects.length === 0 ? [] : [{ key: order.key, orderId: order.orderId, state, effects }];
}

function kindsIn(incomplete: readonly { readonly missing: readonly string[] }[]): string {
  return [...new Set(incomplete.flatMap(({ missing }) => missing))].join(', ');
}
