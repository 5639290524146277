// Gathers one order's record from its operations, in the order in which they were written.

import {
  AWAIT,
  type AwaitValue,
  type CompletionLine,
  type InvokeLine,
  type Json,
  type OrderContent,
  type Outcome,
  RESUBMIT,
  SUBMIT,
} from '../../model/history.ts';
import { itemsText } from '../../model/order-content.ts';
import type { OrderRecord, Submission } from '../evidence.ts';

function isSubmit(f: string): boolean {
  return f === SUBMIT || f === RESUBMIT;
}

function orderIdIn(value: Json | undefined): string | null {
  const orderId = (value as { orderId?: unknown } | null | undefined)?.orderId;
  return typeof orderId === 'string' ? orderId : null;
}

export class OrderFold implements OrderRecord {
  readonly key: string;
  readonly stage: string;
  readonly process: string;
  readonly beganMs: number;
  stepsMs = 0;
  submittedMs: number | null = null;
  acknowledgedMs: number | null = null;
  orderId: string | null = null;
  secondOrderId: string | null = null;
  resubmits = 0;
  awaited: 'no' | 'open' | 'done' = 'no';
  status: string | null = null;
  lastOpenReadMs: number | null = null;
  firstFinalReadMs: number | null = null;
  lastStep: string;
  lastOutcome: Outcome | 'open' = 'open';
  lastMs: number;
  pieces = 0;
  cents = 0;
  items = '';
  contentCertain = true;
  priced = true;
  #uncertainSubmits = 0;
  #toldAtSubmit = false;

  constructor(first: InvokeLine, stage: string) {
    this.key = first.key;
    this.stage = stage;
    this.process = first.process;
    this.beganMs = first.timeMs;
    this.lastStep = first.f;
    this.lastMs = first.timeMs;
  }

  get submission(): Submission {
    if (this.submittedMs === null) return 'none';
    if (this.acknowledgedMs !== null) return 'acknowledged';
    return this.#uncertainSubmits > 0 ? 'unknown' : 'refused';
  }

  invoke(line: InvokeLine): void {
    this.#note(line, 'open');
    if (line.f === AWAIT) this.awaited = 'open';
    if (!isSubmit(line.f)) return;
    this.submittedMs ??= line.timeMs;
    this.#uncertainSubmits += 1;
    if (line.f === RESUBMIT) this.resubmits += 1;
  }

  complete(line: CompletionLine, invoke: InvokeLine): void {
    this.#note(line, line.type);
    if (isSubmit(line.f)) this.#completeSubmit(line);
    else if (line.f === AWAIT) this.#completeAwait(line);
    else this.#completeStep(line, invoke);
  }

  #note(line: InvokeLine | CompletionLine, outcome: Outcome | 'open'): void {
    this.lastStep = line.f;
    this.lastOutcome = outcome;
    this.lastMs = line.timeMs;
  }

  #completeStep(line: CompletionLine, invoke: InvokeLine): void {
    if (this.submittedMs === null) this.stepsMs += line.durationMs;
    if (line.type !== 'fail') this.#addItems(invoke.value, line.type);
    if (line.type === 'ok') this.orderId ??= orderIdIn(line.value);
  }

  #addItems(value: Json | undefined, outcome: 'ok' | 'info'): void {
    const items = (value as Partial<OrderContent> | null | undefined)?.lineItems;
    if (items === undefined) return;
    if (outcome === 'info') this.contentCertain = false;
    this.items = itemsText(items);
    for (const { quantity, unitPriceCents } of items) {
      this.pieces += quantity;
      if (unitPriceCents === null) this.priced = false;
      else this.cents += quantity * unitPriceCents;
    }
  }

  #completeSubmit(line: CompletionLine): void {
    if (line.type === 'info') return;
    this.#uncertainSubmits -= 1;
    if (line.type === 'fail') return;
    this.acknowledgedMs ??= line.timeMs;
    this.#learnOrderId(orderIdIn(line.value));
  }

  #completeAwait(line: CompletionLine): void {
    this.awaited = 'done';
    const value = line.value as AwaitValue | null | undefined;
    if (value === undefined || value === null) return;
    this.status = value.status;
    this.lastOpenReadMs = value.lastOpenReadMs;
    this.firstFinalReadMs = value.firstFinalReadMs;
  }

  /** What the first submit says counts: until then a flow may know the order by another name, such as its checkout's. */
  #learnOrderId(orderId: string | null): void {
    if (orderId === null) return;
    if (this.#toldAtSubmit && orderId !== this.orderId) this.secondOrderId = orderId;
    else this.orderId = orderId;
    this.#toldAtSubmit = true;
  }
}
