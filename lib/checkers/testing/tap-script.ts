// What a test's tap saw of the platform's events: the event of every order that was taken, unless the test says otherwise.

import type { DeadLetterLine, TapLine } from '../../model/tapped.ts';
import { TappedFold } from '../events/fold-tapped.ts';
import type { FoldedTapped } from '../evidence.ts';
import { START_MS } from './history-builder.ts';
import { idOf, isSubmitted, type OrderScript } from './order-script.ts';

/** What is not said went well. */
export interface TapTold {
  /** Keys of orders that were taken and whose event never came. */
  readonly unheard?: readonly string[];
  /** The event of paid orders is tapped as well, and never came for these keys. */
  readonly captured?: readonly string[];
  readonly deadLetters?: readonly Partial<DeadLetterLine>[];
  readonly overflowed?: boolean;
  /** False when the end line is missing. */
  readonly finished?: boolean;
  /** What the tapped events are called. */
  readonly event?: string;
  readonly endAtMs?: number;
}

export class TapScript {
  readonly #published: string[] = [];

  order(key: string, script: OrderScript): void {
    if (isSubmitted(script) && (script.submit ?? 'ok') === 'ok') this.#published.push(key);
  }

  lines(told: TapTold): readonly TapLine[] {
    const { unheard = [], captured, deadLetters = [], overflowed = false, finished = true, endAtMs = 100_000 } = told;
    const line = { v: 1, timeMs: START_MS + 5_000, event: told.event ?? 'OrderPlaced' } as const;
    const published = (event: string, without: readonly string[]): readonly TapLine[] =>
      this.#published
        .filter((key) => !without.includes(key))
        .map((key) => ({ ...line, event, type: 'event', orderId: idOf(key), messageId: `${event}-${key}` }));
    const paid = captured === undefined ? [] : published('PaymentCaptured', captured);
    const events = [...published(line.event, unheard), ...paid];
    const buried = deadLetters.map((letter, index): TapLine => {
      const usual = { orderId: null, messageId: `dead-${index}`, queue: 'payments', reason: 'delivery_limit' } as const;
      return { ...line, ...usual, ...letter, type: 'dead-letter' };
    });
    const lines: readonly TapLine[] = [...events, ...buried];
    const end: TapLine = { v: 1, type: 'end', timeMs: START_MS + endAtMs, lines: lines.length, overflowed };
    return finished ? [...lines, end] : lines;
  }

  folded(told: TapTold): FoldedTapped {
    const fold = new TappedFold();
    for (const line of this.lines(told)) fold.add(line);
    return fold.result();
  }
}
