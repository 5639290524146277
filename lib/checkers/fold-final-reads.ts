// Folds the final reads: what the platform said about each order when it was asked for the last time.

import { type CompletionLine, FINAL_READ, type FinalReadValue } from '../model/history.ts';
import { progressOf } from '../model/order.ts';
import type { FinalRead, FoldedFinalReads } from './evidence.ts';
import { foldRecord, type IsHistoryLine, type LineBatches, type OperationSink } from './fold/record-fold.ts';

class FinalReadsFold implements OperationSink {
  readonly reads = new Map<string, FinalRead>();

  invoke(): void {
    // An attempt tells nothing yet.
  }

  /** Only an `ok` is an answer; the last one counts, and remembers whether an earlier one knew better. */
  complete(line: CompletionLine): void {
    if (line.f !== FINAL_READ || line.type !== 'ok') return;
    const { present, status } = line.value as unknown as FinalReadValue;
    const earlier = this.reads.get(line.key);
    const wasCompleted = earlier !== undefined && (earlier.wasCompleted || isCompleted(earlier));
    this.reads.set(line.key, { present, status, timeMs: line.timeMs, wasCompleted });
  }
}

function isCompleted(read: FinalRead): boolean {
  return read.present && read.status !== null && progressOf(read.status) === 'completed';
}

/** Folds `final-reads.ndjson`; like `foldHistory`, it never throws for what stands in a line. */
export async function foldFinalReads(
  batches: LineBatches,
  run: string,
  isHistoryLine: IsHistoryLine,
): Promise<FoldedFinalReads> {
  const fold = new FinalReadsFold();
  const condition = await foldRecord(batches, run, isHistoryLine, fold);
  return { condition, reads: fold.reads };
}
