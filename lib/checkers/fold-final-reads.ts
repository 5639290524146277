// Folds the final reads: what the platform said about each order when it was asked for the last time.

import { type CompletionLine, FINAL_READ, type FinalReadValue } from '../model/history.ts';
import { progressOf } from '../model/order.ts';
import type { FinalRead, FoldedFinalReads, FoldedHistory } from './evidence.ts';
import { foldRecord, type IsHistoryLine, type LineBatches, type OperationSink } from './fold/record-fold.ts';
import { Words } from './fold/words.ts';

class FinalReadsFold implements OperationSink {
  readonly reads = new Map<string, FinalRead>();
  readonly #orders: FoldedHistory['orders'];
  readonly #words = new Words();

  constructor(orders: FoldedHistory['orders']) {
    this.#orders = orders;
  }

  invoke(): void {
    // An attempt tells nothing yet.
  }

  /** Only an `ok` is an answer; the last one counts, and remembers whether an earlier one knew better. */
  complete(line: CompletionLine): void {
    const order = this.#orders.get(line.key);
    if (line.f !== FINAL_READ || line.type !== 'ok' || order === undefined) return;
    const { present, status, customerId, items } = line.value as unknown as FinalReadValue;
    const earlier = this.reads.get(order.key);
    const wasCompleted = earlier !== undefined && (earlier.wasCompleted || isCompleted(earlier));
    this.reads.set(order.key, {
      present,
      status: this.#words.sameOrNull(status),
      timeMs: line.timeMs,
      wasCompleted,
      customer: customerId === undefined ? 'unsaid' : customerId === order.key ? 'same' : 'other',
      items: this.#words.sameOrNull(items ?? null),
    });
  }
}

function isCompleted(read: FinalRead): boolean {
  return read.present && read.status !== null && progressOf(read.status) === 'completed';
}

/** Folds `final-reads.ndjson`; reads of orders that are not the run's are left out. Like `foldHistory`, it never throws for what stands in a line. */
export async function foldFinalReads(
  batches: LineBatches,
  { run, orders, isHistoryLine }: { run: string; orders: FoldedHistory['orders']; isHistoryLine: IsHistoryLine },
): Promise<FoldedFinalReads> {
  const fold = new FinalReadsFold(orders);
  const condition = await foldRecord(batches, run, isHistoryLine, fold);
  return { condition, reads: fold.reads };
}
