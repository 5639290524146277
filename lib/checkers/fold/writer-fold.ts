// Follows one writer's numbering: pairs completions with their invokes, and notes what is missing, repeated or does not fit.

import type {
  BeginLine,
  ClockReading,
  CompletionLine,
  EndLine,
  InvokeLine,
  OperationLine,
  Outcome,
} from '../../model/history.ts';
import type { WriterRecord } from '../evidence.ts';

/** A number so far above the highest yet is damage, not a gap. */
const SEQ_JUMP_LIMIT = 1_000_000;

const UNSEEN = 0;
const OPEN = 1;
const COMPLETED = 2;

export class WriterFold implements WriterRecord {
  readonly generator: string;
  begin: ClockReading | null = null;
  end: EndLine | null = null;
  readonly counts: Record<'invoke' | Outcome, number> = { invoke: 0, ok: 0, fail: 0, info: 0 };
  repeatedBegins = 0;
  repeatedInvokes = 0;
  repeatedCompletions = 0;
  completionsWithoutInvoke = 0;
  misfits = 0;
  linesAfterEnd = 0;
  lastMs = Number.NEGATIVE_INFINITY;
  readonly #open = new Map<number, InvokeLine>();
  #states = new Uint8Array(1024);
  #highestSeq = 0;
  #invokes = 0;

  constructor(generator: string) {
    this.generator = generator;
  }

  get missingInvokes(): number {
    return this.#highestSeq - this.#invokes;
  }

  beginLine(line: BeginLine): void {
    if (this.begin === null) this.begin = line.clock;
    else this.repeatedBegins += 1;
    this.#seen(line.timeMs);
  }

  endLine(line: EndLine): void {
    this.#seen(line.timeMs);
    this.end = line;
  }

  isPlausible(line: OperationLine): boolean {
    return line.seq <= this.#highestSeq + SEQ_JUMP_LIMIT;
  }

  /** False when this number was begun before: the line then counts for nothing but the flaw. */
  invoke(line: InvokeLine): boolean {
    this.#count(line);
    if (this.#states[line.seq] !== UNSEEN && line.seq <= this.#highestSeq) {
      this.repeatedInvokes += 1;
      return false;
    }
    this.#mark(line.seq, OPEN);
    this.#invokes += 1;
    this.#open.set(line.seq, line);
    return true;
  }

  /** The invoke that this line completes; `undefined` when there is none: the line then counts for nothing but the flaw. */
  complete(line: CompletionLine): InvokeLine | undefined {
    this.#count(line);
    const invoke = this.#open.get(line.seq);
    if (invoke === undefined) {
      if (this.#states[line.seq] === COMPLETED) this.repeatedCompletions += 1;
      else this.completionsWithoutInvoke += 1;
      return undefined;
    }
    this.#open.delete(line.seq);
    this.#mark(line.seq, COMPLETED);
    if (invoke.f !== line.f || invoke.key !== line.key) {
      this.misfits += 1;
      return undefined;
    }
    return invoke;
  }

  #count(line: OperationLine): void {
    this.counts[line.type] += 1;
    this.#seen(line.timeMs);
  }

  #seen(timeMs: number): void {
    if (this.end !== null) this.linesAfterEnd += 1;
    if (timeMs > this.lastMs) this.lastMs = timeMs;
  }

  #mark(seq: number, state: number): void {
    if (seq >= this.#states.length) {
      const larger = new Uint8Array(Math.max(seq + 1, this.#states.length * 2));
      larger.set(this.#states);
      this.#states = larger;
    }
    this.#states[seq] = state;
    if (seq > this.#highestSeq) this.#highestSeq = seq;
  }
}
