// Beside the history: what the suite read from the platform's own stores, as lines of effects.ndjson and observations.ndjson.

/** A row of the target's `orders` query, read after the load has settled. */
export interface OrderRow {
  readonly type: 'order';
  readonly orderId: string;
  /** The order's key: the client-made customer id. */
  readonly customerId: string;
  readonly status: string;
}

/** A row of the target's `effects` query: how often an effect happened to an order. */
export interface EffectRow {
  readonly type: 'effect';
  readonly orderId: string;
  readonly kind: string;
  readonly count: number;
}

/** A row of the target's `totals` query, read before the load and after it settled. Quantities in pieces, money in cents. */
export interface TotalRow {
  readonly type: 'total';
  readonly phase: 'before' | 'after';
  readonly name: TotalName;
  readonly value: number;
}

/** `stock-on-hand` falls by what was committed; `stock-committed` and `money-captured` rise; money is in cents, refunds not subtracted. */
export type TotalName = 'stock-on-hand' | 'stock-committed' | 'money-captured';

/**
 * Written after the last row of the `orders` or `effects` query. A query without it counts as not read: a row that is
 * missing proves an absence only when the query came to its end.
 */
export interface QueryEnd {
  readonly type: 'query-end';
  readonly query: 'orders' | 'effects';
  /** Rows that the query gave. */
  readonly rows: number;
}

export type EffectsLine = OrderRow | EffectRow | TotalRow | QueryEnd;

/** One figure of the platform at one moment, e.g. the depth of a queue or the database's deadlock counter. */
export interface Observation {
  readonly v: 1;
  readonly timeMs: number;
  readonly source: 'broker' | 'database';
  readonly metric: typeof QUEUE_DEPTH | typeof DEAD_LETTERS | typeof DEADLOCKS;
  /** The queue or database concerned. */
  readonly name: string;
  readonly value: number;
}

/** Ready and unacknowledged messages of a consumer's queue. */
export const QUEUE_DEPTH = 'queue_depth_messages';
/** Messages in a dead-letter queue. */
export const DEAD_LETTERS = 'dead_letter_depth_messages';
/** Deadlocks that the database has counted since its statistics began. */
export const DEADLOCKS = 'deadlocks_total';

/** A broker tells its depths every five seconds, a database its deadlocks up to ten seconds late: what they say before that is of the past. */
export const BROKER_LAG_MS = 6_000;
export const DATABASE_LAG_MS = 11_000;
