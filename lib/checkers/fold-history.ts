// Folds the load generator's history, line by line, into one record per order and counts per stage and step.

import { CHAOS, type CompletionLine, type InvokeLine, SUITE_DEFECT } from '../model/history.ts';
import { PROBE } from '../model/probe.ts';
import type { FoldedHistory } from './evidence.ts';
import { OrderFold } from './fold/order-fold.ts';
import { ProbesFold } from './fold/probe-fold.ts';
import { foldRecord, type IsHistoryLine, type LineBatches, type OperationSink } from './fold/record-fold.ts';
import { TallyFold } from './fold/step-tally.ts';
import { Words } from './fold/words.ts';

/** Stage of operations that name none. */
const NO_STAGE = '(none)';
const MESSAGES_LIMIT = 5;

class HistoryFold implements OperationSink {
  readonly orders = new Map<string, OrderFold>();
  readonly probes = new ProbesFold();
  readonly tallies: TallyFold;
  readonly suiteDefectMessages: string[] = [];
  readonly #sharedKeys = new Set<string>();
  readonly #words = new Words();
  suiteDefects = 0;

  constructor(stopMs: number) {
    this.tallies = new TallyFold(stopMs);
  }

  get sharedKeys(): number {
    return this.#sharedKeys.size;
  }

  invoke(line: InvokeLine): void {
    if (line.process === CHAOS) return;
    if (line.f === SUITE_DEFECT) {
      this.suiteDefects += 1;
      return;
    }
    if (line.f === PROBE) {
      this.probes.begin(line);
      this.tallies.begin(line.stage ?? NO_STAGE, line.f);
      return;
    }
    const order = this.orders.get(line.key) ?? this.#begin(line);
    if (order.process !== line.process) this.#sharedKeys.add(line.key);
    order.invoke(line);
    order.lastStep = this.#words.same(order.lastStep);
    this.tallies.begin(order.stage, line.f);
  }

  complete(line: CompletionLine, invoke: InvokeLine): void {
    if (line.f === SUITE_DEFECT) this.#noteDefect(line);
    if (line.f === PROBE) {
      this.probes.complete(line);
      this.tallies.complete(line.stage ?? NO_STAGE, line);
      return;
    }
    const order = this.orders.get(line.key);
    if (order === undefined || line.f === SUITE_DEFECT) return;
    order.complete(line, invoke);
    order.lastStep = this.#words.same(order.lastStep);
    order.items = this.#words.same(order.items);
    order.status = this.#words.sameOrNull(order.status);
    this.tallies.complete(order.stage, line);
  }

  #begin(line: InvokeLine): OrderFold {
    const order = new OrderFold(
      { ...line, process: this.#words.same(line.process) },
      this.#words.same(line.stage ?? NO_STAGE),
    );
    this.orders.set(order.key, order);
    return order;
  }

  #noteDefect(line: CompletionLine): void {
    if (this.suiteDefectMessages.length >= MESSAGES_LIMIT) return;
    this.suiteDefectMessages.push(line.error?.message ?? 'without a message');
  }
}

/**
 * Folds `history.ndjson`. What is damaged or missing stands in the result's condition; nothing in a line makes it throw.
 * `stopMs`: from when on the load was being stopped from outside; infinite when it was not.
 */
export async function foldHistory(
  batches: LineBatches,
  { run, stopMs, isHistoryLine }: { run: string; stopMs: number; isHistoryLine: IsHistoryLine },
): Promise<FoldedHistory> {
  const fold = new HistoryFold(stopMs);
  const condition = await foldRecord(batches, run, isHistoryLine, fold);
  return {
    condition,
    orders: fold.orders,
    probes: fold.probes.probes,
    stages: fold.tallies.stages,
    sharedKeys: fold.sharedKeys,
    suiteDefects: fold.suiteDefects,
    suiteDefectMessages: fold.suiteDefectMessages,
  };
}
