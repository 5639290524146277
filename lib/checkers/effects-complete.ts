// A completed order has every effect: without them, `completed` was only the platform's word. Orders recovered as completed are held to it too.

import { EFFECT_KINDS, progressOf } from '../model/order.ts';
import { type Checker, listed } from './checker.ts';
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

function kindsIn(incomplete: readonly { readonly missing: readonly string[] }[]): string {
  return [...new Set(incomplete.flatMap(({ missing }) => missing))].join(', ');
}
