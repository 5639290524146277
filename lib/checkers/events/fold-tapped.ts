// Folds events.ndjson: which orders each event was seen of, and which messages the platform gave up.

import type { DeadLetterLine, TapEnd, TapLine } from '../../model/tapped.ts';
import type { FoldedTapped } from '../evidence.ts';

/** Add every line of the file, then take the result once. */
export class TappedFold {
  readonly #orderIds = new Map<string, Set<string>>();
  readonly #deadLetters: DeadLetterLine[] = [];
  readonly #buried = new Set<string>();
  #lines = 0;
  #end: TapEnd | null = null;

  add(line: TapLine): void {
    if (line.type === 'end') {
      this.#end = line.lines === this.#lines ? line : null;
      return;
    }
    this.#lines += 1;
    if (line.type === 'event') this.#saw(line.event, line.orderId);
    else this.#bury(line);
  }

  result(): FoldedTapped {
    return { orderIds: this.#orderIds, deadLetters: this.#deadLetters, end: this.#end };
  }

  #saw(event: string | null, orderId: string | null): void {
    if (event === null || orderId === null) return;
    const seen = this.#orderIds.get(event) ?? new Set<string>();
    this.#orderIds.set(event, seen.add(orderId));
  }

  /** The tap may get a message twice; the platform may give one up in several queues. */
  #bury(line: DeadLetterLine): void {
    const name = `${line.messageId} ${line.queue}`;
    if (line.messageId !== null && this.#buried.has(name)) return;
    this.#buried.add(name);
    this.#deadLetters.push(line);
  }
}
