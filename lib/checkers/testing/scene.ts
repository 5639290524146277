// A scene for tests of checkers: a few orders, what their shoppers saw, and what the platform says of them in the end.

import type { TotalName } from '../../model/evidence.ts';
import type { HistoryLine, Outcome } from '../../model/history.ts';
import type { RunRecord } from '../../model/run.ts';
import type { Evidence, FoldedTimeline } from '../evidence.ts';
import { foldFaults } from '../faults/fold-faults.ts';
import { foldFinalReads } from '../fold-final-reads.ts';
import { foldHistory } from '../fold-history.ts';
import { stopNoticedMs } from '../stop.ts';
import { aRun } from './a-run.ts';
import {
  type FaultScript,
  GAMEDAY_PROFILE,
  type OutageScript,
  probesThrough,
  writeFaults,
  writeProbes,
} from './chaos-script.ts';
import { HistoryBuilder, type OperationScript, START_MS } from './history-builder.ts';
import { ABSENT, finalReadOf, idOf, isSubmitted, type OrderScript, PRICE_CENTS, UNANSWERED } from './order-script.ts';
import { PlatformScript } from './platform-script.ts';
import { TapScript, type TapTold } from './tap-script.ts';
import { CALM, type LookScript, observationsOf, timelineWith } from './watch-script.ts';

/** Tests of the schema are in reports/store; here every line is one that a writer of the suite could have written. */
export const acceptsAll = (line: unknown): line is HistoryLine => typeof line === 'object' && line !== null;

/** Between two steps; with steps of 20 ms a shopper submits 1.5 s after the first call. */
const PAUSE_MS = 480;

export class Scene {
  readonly #history = new HistoryBuilder('g1');
  readonly #finalReads = new HistoryBuilder('suite');
  readonly #chaos = new HistoryBuilder('chaos');
  #faults: readonly FaultScript[] = [];
  readonly #platform = new PlatformScript();
  #run: Partial<RunRecord> = {};
  #queried = true;
  #readFinally = true;
  #orders = 0;
  #looks: readonly LookScript[] | null = CALM;
  #timeline: FoldedTimeline | null = timelineWith(1);
  #tap: TapTold | null = null;
  readonly #tapped = new TapScript();
  #changeHistory = (lines: readonly string[]): readonly string[] => lines;

  run(facts: Partial<RunRecord>): this {
    this.#run = { ...this.#run, ...facts };
    return this;
  }

  /** Orders `prefix-1` … `prefix-n` to which all the same happened. */
  orders(count: number, script: OrderScript = {}, prefix = 'order'): this {
    for (let number = 1; number <= count; number++) this.order(`${prefix}-${number}`, script);
    return this;
  }

  order(key: string, script: OrderScript = {}): this {
    this.#shop(key, script.atMs ?? this.#orders * 10, script);
    this.#readBack(key, script);
    this.#platform.order(key, script);
    this.#tapped.order(key, script);
    this.#orders += 1;
    return this;
  }

  /** An operation beside those of `order`. */
  operation(script: OperationScript): this {
    this.#history.operation(script);
    return this;
  }

  /** These faults struck under the profile of game days, and the platform was out of order so; it was probed until `probedUntilMs`. */
  broken(faults: readonly FaultScript[], outages: readonly OutageScript[], probedUntilMs = 95_000): this {
    writeFaults(this.#chaos, faults);
    writeProbes(this.#history, probesThrough(outages, probedUntilMs));
    this.#faults = faults;
    return this.run({ profile: GAMEDAY_PROFILE });
  }

  strayEffect(orderId: string): this {
    this.#platform.strayEffect(orderId);
    return this;
  }

  unexplained(name: TotalName, change: number): this {
    this.#platform.unexplained(name, change);
    return this;
  }

  /** The target file names no queries. */
  withoutQueries(): this {
    return this.withFailedQueries().run({ target: { ...aRun().target, capabilities: [] } });
  }

  /** The target file names queries, but they could not be made. */
  withFailedQueries(): this {
    this.#queried = false;
    return this;
  }

  /** What was seen of queues and database; `null` when nobody looked. */
  watched(looks: readonly LookScript[] | null): this {
    this.#looks = looks;
    return this;
  }

  /** The target file names a tap, which saw the event of every order that was taken; and what the test says. */
  tapped(told: TapTold = {}): this {
    this.#tap = told;
    const { target } = aRun(this.#run);
    const captured = told.captured === undefined ? {} : { capturedEvent: 'PaymentCaptured' };
    const tap = { placedEvent: 'OrderPlaced', ...captured, deadLetters: true };
    return this.run({ target: { ...target, capabilities: [...target.capabilities, 'events'], tap } });
  }

  timeline(timeline: FoldedTimeline | null): this {
    this.#timeline = timeline;
    return this;
  }

  withoutFinalReads(): this {
    this.#readFinally = false;
    return this;
  }

  /** Damages the history as the test likes. */
  history(change: (lines: readonly string[]) => readonly string[]): this {
    this.#changeHistory = change;
    return this;
  }

  /** What stands in the three files of the scene. */
  files() {
    return {
      run: aRun(this.#run),
      history: this.#changeHistory(this.#history.lines()),
      finalReads: this.#finalReads.lines(),
      chaos: this.#chaos.lines(),
      effects: this.#platform.lines().map((line) => JSON.stringify(line)),
      events: (this.#tap === null ? [] : this.#tapped.lines(this.#tap)).map((line) => JSON.stringify(line)),
      observations: observationsOf(this.#looks ?? []).map((line) => JSON.stringify(line)),
    };
  }

  async evidence(): Promise<Evidence> {
    const files = this.files();
    const { run } = files;
    const of = { run: run.run, stopMs: stopNoticedMs(run), isHistoryLine: acceptsAll };
    const history = await foldHistory([files.history], of);
    const { orders } = history;
    const chaos = this.#faults.length === 0 ? {} : { chaos: await foldFaults([files.chaos], of) };
    return {
      ...chaos,
      run,
      history,
      finalReads: this.#readFinally ? await foldFinalReads([files.finalReads], { ...of, orders }) : null,
      platform: this.#queried ? this.#platform.folded(orders) : null,
      tapped: this.#tap === null ? null : this.#tapped.folded(this.#tap),
      observations: this.#looks === null ? null : observationsOf(this.#looks),
      timeline: this.#timeline,
      damagedFiles: [],
    };
  }

  #shop(key: string, atMs: number, script: OrderScript): void {
    const { stage = '100', stepMs = 20, checkout = 'ok', quantity = 1 } = script;
    const content = { lineItems: [{ sku: 'SKU-001', quantity, unitPriceCents: PRICE_CENTS }] };
    const step = { key, stage, durationMs: stepMs };
    const beginMs = (number: number): number => atMs + number * (stepMs + PAUSE_MS);
    this.#history.operation({ ...step, f: 'init-cart', atMs });
    this.#history.operation({ ...step, f: 'add-items', atMs: beginMs(1), asked: content });
    this.#history.operation({ ...step, f: 'checkout', atMs: beginMs(2), ...ending(checkout, key) });
    if (isSubmitted(script)) this.#submit({ key, stage, atMs: beginMs(3) }, script);
  }

  #submit(order: { key: string; stage: string; atMs: number }, script: OrderScript): void {
    const { submit = 'ok', resubmit, stepMs = 20 } = script;
    const outcome = submit === 'none' ? 'open' : submit;
    this.#history.operation({ ...order, f: 'complete', durationMs: stepMs, ...ending(outcome, order.key) });
    if (resubmit !== undefined) {
      const answer = ending(resubmit, order.key, script.resubmitOrderId);
      this.#history.operation({ ...order, f: 'resubmit', atMs: order.atMs + stepMs + 5, durationMs: 5, ...answer });
    }
    if ((script.await ?? (submit === 'ok' ? 'done' : 'none')) !== 'none') this.#await(order, script);
  }

  #await(order: { key: string; stage: string; atMs: number }, script: OrderScript): void {
    const { completionMs = 300, sees = 'Fulfilling', stepMs = 20 } = script;
    const submittedMs = START_MS + order.atMs;
    const reads = { status: sees, reads: 2, failedReads: 0 };
    const answer =
      completionMs === null
        ? { ...reads, lastOpenReadMs: submittedMs + 20_000, firstFinalReadMs: null }
        : { ...reads, lastOpenReadMs: submittedMs + completionMs / 2, firstFinalReadMs: submittedMs + completionMs };
    const outcome = completionMs === null ? 'info' : 'ok';
    this.#history.operation({
      ...order,
      f: 'await',
      atMs: order.atMs + stepMs + 15,
      durationMs: Math.max(1, (completionMs ?? 20_000) - stepMs - 15),
      outcome: script.await === 'open' ? 'open' : outcome,
      answer,
    });
  }

  #readBack(key: string, script: OrderScript): void {
    const finalRead = finalReadOf(script);
    const read = { key, f: 'final-read', process: 'reader0', atMs: script.finalReadAtMs ?? 100_000, durationMs: 1 };
    if (typeof finalRead === 'string') {
      const { readCustomer = key, readItems = `SKU-001x${script.quantity ?? 1}` } = script;
      const described = { customerId: readCustomer, items: readItems };
      this.#finalReads.operation({
        ...read,
        answer: { present: true, orderId: idOf(key), status: finalRead, ...described },
      });
    } else if (finalRead === ABSENT) {
      this.#finalReads.operation({ ...read, answer: { present: false, orderId: idOf(key), status: null } });
    } else if (finalRead === UNANSWERED) {
      this.#finalReads.operation({ ...read, outcome: 'info', error: { code: 'timeout' } });
    }
  }
}

/** How a step of an order ended. */
function ending(outcome: Outcome | 'open', key: string, orderId = idOf(key)): Partial<OperationScript> {
  if (outcome === 'ok') return { outcome, answer: { orderId } };
  return outcome === 'open' ? { outcome } : { outcome, error: { code: outcome === 'fail' ? 'http_400' : 'timeout' } };
}
