// The history record: what a run attempted and what came of it, one JSON line each; the joint between load, faults and checkers.
// Source of the idea: Jepsen's history (invoke, then ok | fail | info). Decided in docs/adr/0001-history.md.

export const HISTORY_VERSION = 1;

/** What came of an operation. `ok`: it certainly happened. `fail`: it certainly did not. `info`: unknown. In doubt, `info`. */
export type Outcome = 'ok' | 'fail' | 'info';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Why an operation did not end `ok`. `code` is a stable word (`timeout`, `http_500`, `connection_refused`); `message` is for people. */
export interface OperationError {
  readonly code: string;
  readonly message?: string;
}

interface LineOrigin {
  readonly v: typeof HISTORY_VERSION;
  readonly run: string;
  /** Who wrote the line: `g1` for the first load generator, `suite` for the final reads, `chaos` for faults. One file each. */
  readonly generator: string;
  /** Wall-clock milliseconds since the epoch, carried forward by the writer's monotonic clock from its `begin` line. */
  readonly timeMs: number;
}

interface OperationOrigin extends LineOrigin {
  /**
   * The logical thread: one virtual user (`vu17`), one reader, `chaos`. It has at most one operation open at a time, except for
   * messages (lib/model/message.ts): a publisher has many in flight, and each is an operation of its own.
   */
  readonly process: string;
  /** Number of the operation within its generator, from 1, without gaps; invoke and completion carry the same. */
  readonly seq: number;
  /** What was done: `init-cart`, `add-items`, `checkout`, `complete`, `resubmit`, `await`, `final-read`, `publish`, `consume`, `inject` … */
  readonly f: string;
  /** What it was done to: the order's client-made id (a UUID), a message id, a fault's name. */
  readonly key: string;
  /** The stage in which the order began. */
  readonly stage?: string;
  readonly value?: Json;
}

/** Written before anything is sent. Without a completion, the operation counts as `info`. */
export interface InvokeLine extends OperationOrigin {
  readonly type: 'invoke';
}

export interface CompletionLine extends OperationOrigin {
  readonly type: Outcome;
  /** Monotonic milliseconds since the invoke. */
  readonly durationMs: number;
  readonly error?: OperationError;
}

/** One reading of both clocks, so that a step of the wall clock, or an offset between two writers, can be seen. */
export interface ClockReading {
  readonly wallMs: number;
  /** CLOCK_MONOTONIC of the machine in milliseconds; comparable between writers with the same bootId. */
  readonly monotonicMs: number;
  readonly bootId: string;
}

/** First line of every history file. */
export interface BeginLine extends LineOrigin {
  readonly type: 'begin';
  readonly clock: ClockReading;
  /** The writing tool and its version, e.g. `k6/2.2.0`. */
  readonly tool: string;
}

/** Last line of every history file. A file without it is incomplete, and a run without it is never green. */
export interface EndLine extends LineOrigin {
  readonly type: 'end';
  readonly clock: ClockReading;
  /** Lines written, by type. */
  readonly counts: Readonly<Record<'invoke' | Outcome, number>>;
  /** Lines that could not be written (disk full, …); more than 0 makes the run inconclusive. */
  readonly lostLines: number;
}

export type OperationLine = InvokeLine | CompletionLine;
export type HistoryLine = BeginLine | OperationLine | EndLine;

/** `f` of the operations that the suite's order flows write. */
export const ADD_ITEMS = 'add-items';
export const SUBMIT = 'complete';
export const RESUBMIT = 'resubmit';
export const AWAIT = 'await';
export const FINAL_READ = 'final-read';
/** Written by a scenario that met an exception of its own: a defect of the suite, never of the target. */
export const SUITE_DEFECT = 'suite-defect';
/** `process` of faults: operations of the suite on the target's surroundings, which concern no order. */
export const CHAOS = 'chaos';

/** `value` of an `ok` completion of `complete` and `resubmit`; without an id after a 409 to a resubmit. */
export interface SubmitValue {
  readonly orderId?: string;
}

/**
 * `value` of an `await` completion: what polling saw. The order became final after `lastOpenReadMs` and not later than
 * `firstFinalReadMs` (timeMs of the answers); its status then was `status`.
 */
export interface AwaitValue {
  readonly status: string | null;
  readonly lastOpenReadMs: number | null;
  readonly firstFinalReadMs: number | null;
  readonly reads: number;
  readonly failedReads: number;
}

/** `value` of a `final-read` completion. `ok` with `present: false` is a certain absence (404 or no row). */
export interface FinalReadValue {
  readonly present: boolean;
  readonly orderId: string | null;
  readonly status: string | null;
  /** Whose order the platform says it is, and of what (lib/model/order-content.ts); absent where it does not say. */
  readonly customerId?: string;
  readonly items?: string;
}

/** `value` of the `add-items` invoke: the content of the order, from which totals are computed. */
export interface OrderContent {
  readonly lineItems: readonly LineItem[];
}

export interface LineItem {
  readonly sku: string;
  readonly quantity: number;
  /** `null` when the platform sets the price: then money cannot be balanced against the orders. */
  readonly unitPriceCents: number | null;
}
