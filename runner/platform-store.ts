// Reads the platform's own store through the target file's named, read-only queries.

import postgres from 'postgres';
import { resolveSecret } from '../lib/config/secret.ts';
import { tlsOptions } from '../lib/config/tls-options.ts';
import type { EffectRow, OrderRow, TotalName, TotalRow } from '../lib/model/evidence.ts';
import type { Target } from '../lib/model/target.ts';

/** Ids per query: bounded, so that a large run asks several times instead of once too much. */
const CHUNK_KEYS = 5_000;
const CONNECT_TIMEOUT_S = 10;
const STATEMENT_TIMEOUT_MS = 60_000;

/** What stood in the store at one moment. */
export interface StoreReading {
  readonly orders: readonly OrderRow[];
  readonly effects: readonly EffectRow[];
  /** Empty when the target has no totals query. */
  readonly totals: readonly TotalRow[];
}

/** What the suite can ask the platform's store. All methods reject when the store cannot answer. */
export interface PlatformStore {
  /** Orders, effects and totals as of one moment (one snapshot), for the orders with these keys. */
  read(keys: readonly string[]): Promise<StoreReading>;
  totals(phase: TotalRow['phase']): Promise<TotalRow[]>;
  /** Deadlocks that the database has counted so far. */
  deadlocks(): Promise<number>;
  close(): Promise<void>;
}

/** Connects lazily; `undefined` when the target file names no queries. StampedeError 64 when a TLS file cannot be used. */
export function openPlatformStore(target: Target): PlatformStore | undefined {
  const { database, queries } = target;
  if (database === undefined || queries === undefined) return undefined;
  const sql = postgres({
    host: database.host,
    port: database.port,
    database: database.database,
    username: database.user,
    password: () => resolveSecret(database.password),
    // The host as well: Node checks an address against the certificate only when it is told it.
    ...(database.tls === undefined ? {} : { ssl: { host: database.host, ...tlsOptions(database.tls) } }),
    max: 2,
    connect_timeout: CONNECT_TIMEOUT_S,
    connection: {
      application_name: 'stampede',
      statement_timeout: STATEMENT_TIMEOUT_MS,
      default_transaction_read_only: true,
    },
    onnotice: () => {},
  });
  const totals = async (on: Queryable, phase: TotalRow['phase']): Promise<TotalRow[]> =>
    queries.totals === undefined ? [] : [...(await on.unsafe(queries.totals))].map((row) => totalRow(row, phase));
  return {
    read: (keys) =>
      sql.begin('isolation level repeatable read read only', async (snapshot) => ({
        orders: (await inChunks(snapshot, queries.orders, keys)).map(orderRow),
        effects: (await inChunks(snapshot, queries.effects, keys)).map(effectRow),
        totals: await totals(snapshot, 'after'),
      })),
    totals: (phase) => totals(sql, phase),
    deadlocks: async () => {
      const [row] = await sql`select deadlocks from pg_stat_database where datname = current_database()`;
      if (row === undefined) throw new Error('the database tells no statistics of itself');
      return number(row, 'deadlocks');
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

type Queryable = Pick<postgres.Sql, 'unsafe'>;

async function inChunks(sql: Queryable, query: string, keys: readonly string[]): Promise<postgres.Row[]> {
  const rows: postgres.Row[] = [];
  for (let from = 0; from < keys.length; from += CHUNK_KEYS) {
    rows.push(...(await sql.unsafe(query, [keys.slice(from, from + CHUNK_KEYS)])));
  }
  return rows;
}

function orderRow(row: postgres.Row): OrderRow {
  return {
    type: 'order',
    orderId: text(row, 'order_id'),
    customerId: text(row, 'customer_id'),
    status: text(row, 'status'),
  };
}

function effectRow(row: postgres.Row): EffectRow {
  return { type: 'effect', orderId: text(row, 'order_id'), kind: text(row, 'kind'), count: number(row, 'count') };
}

function totalRow(row: postgres.Row, phase: TotalRow['phase']): TotalRow {
  return { type: 'total', phase, name: text(row, 'name') as TotalName, value: number(row, 'value') };
}

function text(row: postgres.Row, column: string): string {
  const value: unknown = row[column];
  if (value === null || value === undefined) throw new Error(`the query gave no column ${column}`);
  return String(value);
}

function number(row: postgres.Row, column: string): number {
  const value = Number(text(row, column));
  if (!Number.isSafeInteger(value)) throw new Error(`column ${column} is not a whole number: ${row[column]}`);
  return value;
}
