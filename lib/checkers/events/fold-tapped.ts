// Folds events.ndjson: which orders each event was seen of, and which messages the platform gave up.

import type { DeadLetterLine, EventLine, TapEnd, TapLine } from '../../model/tapped.ts';
import type { FoldedTapped } from '../evidence.ts';

/** Add every line of the file, then take the result once. */
export class TappedFold {
  readonly #orderIds = new Map<string, Set<string>>();
  readonly #deadLetters: DeadLetterLine[] = [];
  readonly #buried = new Set<string>();
  #lines = 0;
  #end: TapEnd | null = null;
  /** False when an end line does not fit what stands around it. */
  #fits = true;

  add(line: TapLine): void {
    if (line.type === 'end') this.#close(line);
    else this.#tell(line);
  }

  result(): FoldedTapped {
    return { orderIds: this.#orderIds, deadLetters: this.#deadLetters, end: this.#fits ? this.#end : null };
  }

  #tell(line: EventLine | DeadLetterLine): void {
    // Nothing is written behind an end.
    if (this.#end !== null) this.#fits = false;
    this.#lines += 1;
    if (line.type === 'event') this.#saw(line.event, line.orderId);
    else this.#bury(line);
  }

  /** A tap whose end could not be written at once is closed again, and says the same again. */
  #close(line: TapEnd): void {
    const { lines, overflowed } = this.#end ?? { lines: this.#lines, overflowed: line.overflowed };
    if (line.lines !== lines || line.overflowed !== overflowed) this.#fits = false;
    this.#end = line;
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
