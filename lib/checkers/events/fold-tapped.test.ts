import { describe, expect, it } from 'vitest';
import type { TapLine } from '../../model/tapped.ts';
import { TappedFold } from './fold-tapped.ts';

const event = (orderId: string | null, name: string | null = 'OrderPlaced'): TapLine => ({
  ...{ v: 1, type: 'event', timeMs: 1, event: name, orderId, messageId: null },
});
const end = (lines: number): TapLine => ({ v: 1, type: 'end', timeMs: 2, lines, overflowed: false });

function folded(...lines: readonly TapLine[]) {
  const fold = new TappedFold();
  for (const line of lines) fold.add(line);
  return fold.result();
}

describe('what the tap saw', () => {
  it('is told by event and order, each once', () => {
    const { orderIds } = folded(event('a'), event('a'), event('b'), event('a', 'PaymentCaptured'));
    expect([...orderIds].map(([name, ids]) => [name, [...ids]])).toEqual([
      ['OrderPlaced', ['a', 'b']],
      ['PaymentCaptured', ['a']],
    ]);
  });

  it('leaves out messages without type or order, but counts their lines', () => {
    const { orderIds, end: seen } = folded(event(null), event('a', null), end(2));
    expect([orderIds.size, seen?.lines]).toEqual([0, 2]);
  });

  it('has no end when lines are missing before it', () => {
    expect(folded(event('a'), end(2)).end).toBeNull();
    expect(folded(event('a')).end).toBeNull();
  });

  it('has no end that anything follows, or that another one contradicts', () => {
    expect(folded(event('a'), end(1), event('b')).end).toBeNull();
    expect(folded(event('a'), end(1), event('b'), end(2)).end).toBeNull();
    expect(folded(event('a'), end(2), end(1)).end).toBeNull();
    expect(folded(event('a'), end(1), { ...end(1), overflowed: true } as TapLine).end).toBeNull();
  });

  it('may say its end again', () => {
    expect(folded(event('a'), end(1), end(1)).end).toMatchObject({ lines: 1 });
  });
});
