// The lines of effects.ndjson: every order once in the platform's store, with one effect of each kind, and totals that balance.

import { EFFECT_KINDS } from '../../lib/model/order.ts';
import { contentOf, customerOf, platformIdOf } from './shape.ts';

const STOCK = 5_000_000_000;

export function* effectsLines(orders: number): Generator<string> {
  yield total('before', 'stock-on-hand', STOCK);
  yield total('before', 'stock-committed', 0);
  yield total('before', 'money-captured', 0);
  let pieces = 0;
  let cents = 0;
  for (let order = 0; order < orders; order += 1) {
    const content = contentOf(order);
    pieces += content.quantity;
    cents += content.quantity * content.cents;
    yield `{"type":"order","orderId":"${platformIdOf(order)}","customerId":"${customerOf(order)}","status":"Fulfilling"}`;
  }
  yield queryEnd('orders', orders);
  for (const kind of EFFECT_KINDS) {
    for (let order = 0; order < orders; order += 1) {
      yield `{"type":"effect","orderId":"${platformIdOf(order)}","kind":"${kind}","count":1}`;
    }
  }
  yield queryEnd('effects', orders * EFFECT_KINDS.length);
  yield total('after', 'stock-on-hand', STOCK - pieces);
  yield total('after', 'stock-committed', pieces);
  yield total('after', 'money-captured', cents);
}

function total(phase: string, name: string, value: number): string {
  return `{"type":"total","phase":"${phase}","name":"${name}","value":${value}}`;
}

function queryEnd(query: string, rows: number): string {
  return `{"type":"query-end","query":"${query}","rows":${rows}}`;
}
