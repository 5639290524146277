// Writes history lines for tests: the same lines that a run writes, with times and numbers of the test's choice.

import type {
  ClockReading,
  CompletionLine,
  HistoryLine,
  InvokeLine,
  Json,
  OperationError,
  Outcome,
} from '../../model/history.ts';

export const RUN = 'run-1';
/** When histories of tests begin. */
export const START_MS = 1_800_000_000_000;

export interface OperationScript {
  readonly key: string;
  readonly f: string;
  readonly atMs: number;
  readonly outcome?: Outcome | 'open';
  readonly durationMs?: number;
  readonly process?: string;
  readonly stage?: string;
  readonly asked?: Json;
  readonly answer?: Json;
  readonly error?: OperationError;
}

export class HistoryBuilder {
  readonly #lines: { readonly atMs: number; readonly line: HistoryLine }[] = [];
  readonly #generator: string;
  #seq = 0;

  constructor(generator = 'g1') {
    this.#generator = generator;
  }

  /** An operation that begins `atMs` after the start of the history; `open` leaves it without a completion. */
  operation(script: OperationScript): this {
    const { key, f, atMs, outcome = 'ok', durationMs = 10, process = `vu-${key}` } = script;
    this.#seq += 1;
    const stage = script.stage === undefined ? {} : { stage: script.stage };
    const same = { ...this.#origin(atMs), process, seq: this.#seq, f, key, ...stage };
    const invoke: InvokeLine = {
      ...same,
      type: 'invoke',
      ...(script.asked === undefined ? {} : { value: script.asked }),
    };
    this.#lines.push({ atMs, line: invoke });
    if (outcome === 'open') return this;
    const completion: CompletionLine = {
      ...same,
      timeMs: invoke.timeMs + durationMs,
      type: outcome,
      durationMs,
      ...(script.answer === undefined ? {} : { value: script.answer }),
      ...(script.error === undefined ? {} : { error: script.error }),
    };
    this.#lines.push({ atMs: atMs + durationMs, line: completion });
    return this;
  }

  /** All lines as text, in the order of their times, between begin and end. */
  lines(): readonly string[] {
    const operations = this.#lines.toSorted((a, b) => a.atMs - b.atMs).map(({ line }) => line);
    const endMs = (this.#lines.at(-1)?.atMs ?? 0) + 60_000;
    const counts = { invoke: 0, ok: 0, fail: 0, info: 0 };
    for (const line of operations) counts[line.type as keyof typeof counts] += 1;
    const begin: HistoryLine = { ...this.#origin(0), type: 'begin', clock: clockAt(0), tool: 'test/1' };
    const end: HistoryLine = { ...this.#origin(endMs), type: 'end', clock: clockAt(endMs), counts, lostLines: 0 };
    return [begin, ...operations, end].map((line) => JSON.stringify(line));
  }

  #origin(atMs: number) {
    return { v: 1 as const, run: RUN, generator: this.#generator, timeMs: START_MS + atMs };
  }
}

/** What both clocks show `atMs` after the start; `steppedMs` is how far the wall clock was stepped by then. */
export function clockAt(atMs: number, steppedMs = 0): ClockReading {
  return { wallMs: START_MS + atMs + steppedMs, monotonicMs: 5_000_000 + atMs, bootId: 'boot-1' };
}
