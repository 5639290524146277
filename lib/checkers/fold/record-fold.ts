// Reads the lines of one history file: tells damage from lines, pairs operations, and hands them on one by one.

import type { CompletionLine, HistoryLine, InvokeLine, OperationLine } from '../../model/history.ts';
import type { RecordCondition } from '../evidence.ts';
import { WriterFold } from './writer-fold.ts';

const DAMAGE_EXAMPLES = 20;

/** Lines of a file, in batches of any size, without their line ends. */
export type LineBatches = AsyncIterable<readonly string[]> | Iterable<readonly string[]>;

/** Whether a parsed line has the shape that the schema of the history demands. */
export type IsHistoryLine = (line: unknown) => line is HistoryLine;

/** Takes the operations of a file as they come. */
export interface OperationSink {
  /** False for what no writer of such a file does: the line then counts as damage. Absent where the target's flow names the operations. */
  knows?(f: string): boolean;
  invoke(line: InvokeLine): void;
  complete(line: CompletionLine, invoke: InvokeLine): void;
}

class RecordFold {
  readonly #run: string;
  readonly #isHistoryLine: IsHistoryLine;
  readonly #sink: OperationSink;
  readonly #writers = new Map<string, WriterFold>();
  readonly #damage: { line: number; reason: string }[] = [];
  #lines = 0;
  #damagedLines = 0;
  #lastIsTorn = false;

  constructor(run: string, isHistoryLine: IsHistoryLine, sink: OperationSink) {
    this.#run = run;
    this.#isHistoryLine = isHistoryLine;
    this.#sink = sink;
  }

  add(text: string): void {
    if (this.#lastIsTorn) this.#noteDamage(this.#lines, 'is not JSON');
    this.#lastIsTorn = false;
    this.#lines += 1;
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch {
      this.#lastIsTorn = true;
      return;
    }
    const reason = this.#take(line);
    if (reason !== null) this.#noteDamage(this.#lines, reason);
  }

  condition(): RecordCondition {
    return {
      writers: [...this.#writers.values()],
      damagedLines: this.#damagedLines,
      damage: this.#damage,
      tornLastLine: this.#lastIsTorn,
    };
  }

  /** What is wrong with the line, or `null`. */
  #take(line: unknown): string | null {
    if (!this.#isHistoryLine(line)) return 'is not a history line';
    if (line.run !== this.#run) return `belongs to the run ${line.run}`;
    const writer = this.#writer(line.generator);
    if (line.type === 'begin') writer.beginLine(line);
    else if (line.type === 'end') writer.endLine(line);
    else return this.#takeOperation(line, writer);
    return null;
  }

  #takeOperation(line: OperationLine, writer: WriterFold): string | null {
    if (!writer.isPlausible(line)) return `has the number ${line.seq}, far beyond all others`;
    const isKnown = this.#sink.knows?.(line.f) ?? true;
    if (line.type === 'invoke') {
      if (writer.invoke(line) && isKnown) this.#sink.invoke(line);
    } else {
      const invoke = writer.complete(line);
      if (invoke !== undefined && isKnown) this.#sink.complete(line, invoke);
    }
    return isKnown ? null : `tells of ${line.f}, which nobody does here`;
  }

  #noteDamage(line: number, reason: string): void {
    this.#damagedLines += 1;
    if (this.#damage.length < DAMAGE_EXAMPLES) this.#damage.push({ line, reason });
  }

  #writer(generator: string): WriterFold {
    let writer = this.#writers.get(generator);
    if (writer === undefined) {
      writer = new WriterFold(generator);
      this.#writers.set(generator, writer);
    }
    return writer;
  }
}

/** Streams the lines of run `run` through `sink` and tells what the file is like. Never throws for what stands in a line. */
export async function foldRecord(
  batches: LineBatches,
  run: string,
  isHistoryLine: IsHistoryLine,
  sink: OperationSink,
): Promise<RecordCondition> {
  const fold = new RecordFold(run, isHistoryLine, sink);
  for await (const lines of batches) for (const line of lines) fold.add(line);
  return fold.condition();
}
