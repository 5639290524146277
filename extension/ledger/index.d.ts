// The manual of k6/x/ledger: how a k6 script writes down what it attempts and what comes of it.

declare module 'k6/x/ledger' {
  /** What goes into the history as JSON, as `JSON.stringify` writes it. No function, no symbol, no NaN, no cycle. */
  export type Recordable = null | boolean | number | string | object;

  /** What is about to be done. Any other key is refused. */
  export interface Invocation {
    /** What is done: `init-cart`, `complete`, `await` … Not empty. */
    f: string;
    /** What it is done to: the order's client-made id. Not empty. */
    key: string;
    /** The stage in which the order began. */
    stage?: string | undefined;
    value?: Recordable | undefined;
  }

  /** Why an operation did not end `ok`. Any other key is refused. */
  export interface Failure {
    /** A stable word: `timeout`, `http_500`, `connection_refused`. Not empty. */
    code: string;
    /** For people. */
    message?: string | undefined;
  }

  /**
   * An operation that has begun. Exactly one of `ok`, `fail` and `info` completes it; without one it counts as unknown,
   * so an iteration that throws or is cut in between needs no care. Each returns the milliseconds since the invoke
   * (fractional, by the monotonic clock) and throws a `LedgerError` on a second completion or a wrong argument. In
   * doubt, `info`.
   *
   * @example
   * const operation = ledger.begin({ f: 'complete', key: customerId, stage });
   * const response = http.post(url, body, { redirects: 0, timeout: '10s' });
   * if (response.status === 202) operation.ok({ orderId: response.json('orderId') });
   * else if (response.status >= 400 && response.status < 500) operation.fail({ code: `http_${response.status}` });
   * else operation.info({ code: `http_${response.status}`, message: response.error });
   */
  export interface Operation {
    /** Time of the invoke line, in milliseconds since the epoch. */
    readonly startMs: number;
    /** It certainly happened. */
    ok(value?: Recordable): number;
    /** It certainly did not happen. */
    fail(failure: Failure, value?: Recordable): number;
    /** Nobody knows whether it happened. */
    info(failure: Failure, value?: Recordable): number;
  }

  /**
   * Thrown by every function here: an `Error` with this name and a `code` to tell it by.
   * `init_context`: called outside the code of a virtual user · `invalid_argument`, `unknown_key`: see the message ·
   * `already_completed`: a second completion · `write_failed`: the history cannot be written, so do not do what was
   * about to be done; the run is being stopped · `internal`: a defect of the ledger.
   */
  export interface LedgerError extends Error {
    readonly name: 'LedgerError';
    readonly code:
      | 'init_context'
      | 'invalid_argument'
      | 'unknown_key'
      | 'already_completed'
      | 'write_failed'
      | 'internal';
  }

  /**
   * Appends the invoke line, then returns: call it before anything is sent. The process is `vu<number>` of the virtual
   * user, which may have several operations open. Without `-o stampede=<run directory>` nothing is written, and k6 says
   * so once.
   */
  export function begin(invocation: Invocation): Operation;

  /** The present time in milliseconds since the epoch, on the clock of the history: it never steps. */
  export function nowMs(): number;

  const ledger: { begin: typeof begin; nowMs: typeof nowMs };

  // biome-ignore lint/style/noDefaultExport: k6's own modules have one, so scripts expect it.
  export { ledger as default };
}
