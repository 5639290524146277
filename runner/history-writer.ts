// Writes a history file from the Node side (final reads, later faults), in the record that lib/model/history.ts defines.

import { closeSync, openSync, writeSync } from 'node:fs';
import { redact, redactValue } from '../lib/config/known-secrets.ts';
import {
  type CompletionLine,
  type EndLine,
  HISTORY_VERSION,
  type HistoryLine,
  type InvokeLine,
  type Json,
  type OperationError,
  type Outcome,
} from '../lib/model/history.ts';
import { readClock, SteadyClock } from './clock.ts';

export interface OperationStart {
  readonly process: string;
  readonly f: string;
  readonly key: string;
  readonly stage?: string;
  readonly value?: Json;
}

/** An operation that has been written down as begun. Complete it once. */
export interface OpenOperation {
  complete(type: Outcome, result?: { readonly value?: Json; readonly error?: OperationError }): void;
}

/**
 * One writer per file. Every line is handed to the operating system before `begin` or `complete` returns, so a killed
 * suite loses none. Errors of the file system are thrown: what cannot be written down must not be done.
 */
export class HistoryWriter {
  /** `null` once closed: its number may then be another file's. */
  #file: number | null;
  readonly #origin: { readonly v: typeof HISTORY_VERSION; readonly run: string; readonly generator: string };
  readonly #clock = new SteadyClock();
  readonly #counts: Record<'invoke' | Outcome, number> = { invoke: 0, ok: 0, fail: 0, info: 0 };
  #seq = 0;

  constructor(path: string, origin: { run: string; generator: string; tool: string }) {
    this.#file = openSync(path, 'ax');
    this.#origin = { v: HISTORY_VERSION, run: origin.run, generator: origin.generator };
    this.#append({
      ...this.#origin,
      type: 'begin',
      timeMs: this.#clock.nowMs(),
      clock: this.#clock.start,
      tool: origin.tool,
    });
  }

  /** Writes the invoke; call it before the operation is attempted. */
  begin(start: OperationStart): OpenOperation {
    this.#seq += 1;
    const invoke: InvokeLine = {
      ...this.#origin,
      ...start,
      ...(start.value === undefined ? {} : { value: redactValue(start.value) }),
      type: 'invoke',
      seq: this.#seq,
      timeMs: this.#clock.nowMs(),
    };
    this.#count(invoke);
    return { complete: (type, result) => this.#complete(invoke, type, result ?? {}) };
  }

  /** What is begun or completed afterwards throws. */
  close(): void {
    const file = this.#file;
    if (file === null) return;
    const end: EndLine = {
      ...this.#origin,
      type: 'end',
      timeMs: this.#clock.nowMs(),
      clock: readClock(),
      counts: this.#counts,
      lostLines: 0,
    };
    try {
      this.#append(end);
    } finally {
      this.#file = null;
      closeSync(file);
    }
  }

  #complete(invoke: InvokeLine, type: Outcome, result: { value?: Json; error?: OperationError }): void {
    const { value: _attempted, ...same } = invoke;
    const said = withoutSecrets(result);
    const timeMs = this.#clock.nowMs();
    const line: CompletionLine = { ...same, ...said, type, timeMs, durationMs: timeMs - invoke.timeMs };
    this.#count(line);
  }

  #count(line: InvokeLine | CompletionLine): void {
    this.#append(line);
    this.#counts[line.type] += 1;
  }

  #append(line: HistoryLine): void {
    if (this.#file === null) throw new Error('this history is closed');
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

type Result = { readonly value?: Json; readonly error?: OperationError };

/** A completion says what the target said, and that may repeat what it was sent. */
function withoutSecrets({ value, error }: Result): Result {
  return {
    ...(value === undefined ? {} : { value: redactValue(value) }),
    ...(error === undefined ? {} : { error: { ...error, ...messageOf(error) } }),
  };
}

function messageOf({ message }: OperationError): Pick<OperationError, 'message'> {
  return message === undefined ? {} : { message: redact(message) };
}
