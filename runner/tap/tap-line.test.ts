import { describe, expect, it } from 'vitest';
import { tapLine } from './tap-line.ts';

const graves = [{ exchange: 'dead-letters', routingKey: 'payments.dead-letter' }];
const message = { exchange: 'orders', type: 'OrderPlaced', messageId: 'm', correlationId: 'o' };
const told = { v: 1, timeMs: 7, event: 'OrderPlaced', orderId: 'o', messageId: 'm' };

describe('the line of a tapped message', () => {
  it('tells an event by type, order and message', () => {
    expect(tapLine(message, graves, 7)).toEqual({ ...told, type: 'event' });
  });

  it('tells a dead letter by where it came through, with its newest death', () => {
    const deaths = [
      { queue: 'payments', reason: 'delivery_limit', count: 1 },
      { queue: 'other', reason: 'rejected', count: 1 },
    ];
    const letter = { ...message, exchange: 'dead-letters', headers: { 'x-death': deaths } };
    const expected = { ...told, type: 'dead-letter', queue: 'payments', reason: 'delivery_limit' };
    expect(tapLine(letter, graves, 7)).toEqual(expected);
  });

  it('takes a message that is published again after its death for an event', () => {
    const again = { ...message, headers: { 'x-death': [{ queue: 'payments', reason: 'rejected' }] } };
    expect(tapLine(again, graves, 7)).toEqual({ ...told, type: 'event' });
  });

  it.each([[undefined], [{}], [{ 'x-death': 'long ago' }], [{ 'x-death': [{ queue: 7 }] }]])(
    'says of a dead letter with headers %j that it is not known where it died',
    (headers) => {
      const letter = { exchange: 'dead-letters', headers };
      expect(tapLine(letter, graves, 7)).toEqual({
        ...{ v: 1, timeMs: 7, type: 'dead-letter', event: null, orderId: null, messageId: null },
        ...{ queue: null, reason: null },
      });
    },
  );
});
