// The pooled connections to PostgreSQL: bounded waits, silent peers cut off, and a fresh pool after a lost connection.

import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import postgres from 'postgres';
import { type DatabaseConfig, readPassword } from '../config.ts';

export type Sql = postgres.Sql;

/**
 * The pool of now. Ask for `sql` anew for each piece of work, and let a piece of work be one statement: the driver ends the
 * process when a transaction of several statements loses its connection in between.
 */
export interface Database {
  readonly sql: Sql;
  close(): Promise<void>;
}

const STATEMENT_TIMEOUT_MS = 8000;
/** Longer than any statement may take: whoever is silent for that long with a question open is gone. */
const SILENCE_TIMEOUT_MS = 10_000;
/** Time that statements on a pool's other connections have, when one was lost. */
const RETIRE_LIMIT_SECONDS = 2;
const CLOSE_LIMIT_SECONDS = 1;

type PoolOptions = postgres.Options<Record<string, never>> & { socket?: () => Socket };

/**
 * Opens no connection yet; each is made when a statement needs it. A connection that is lost takes its whole pool with it:
 * the driver (3.4.9) may leave it unable to send, and would hand it out again (github.com/porsager/postgres/issues/1208).
 * `leaky`: the planted defect, by which the connections of a lost pool count as taken for ever.
 */
export async function openDatabase(
  config: DatabaseConfig,
  poolSize: number,
  name: string,
  { leaky = false }: { readonly leaky?: boolean } = {},
): Promise<Database> {
  const options: PoolOptions = {
    host: config.host,
    port: config.port,
    database: config.database,
    username: config.user,
    password: await readPassword(config.passwordFile),
    max_lifetime: null,
    // The query for them is nobody's: when its connection is lost, the process ends. Without it arrays go as text.
    fetch_types: false,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: name, statement_timeout: STATEMENT_TIMEOUT_MS },
  };
  let pool: Sql | undefined;
  let hasLeaked = false;
  const openPool = (): Sql => {
    const onLost = () => {
      hasLeaked ||= leaky;
      if (pool !== opened) return;
      pool = undefined;
      void opened.end({ timeout: RETIRE_LIMIT_SECONDS });
    };
    // Of a pool that has leaked, nobody ever gets a connection.
    const socket = (): Socket => (hasLeaked ? silence() : openSocket(config, onLost));
    const opened = postgres({ ...options, max: poolSize, socket } as PoolOptions);
    return opened;
  };
  return {
    get sql() {
      pool ??= openPool();
      return pool;
    },
    close: async () => pool?.end({ timeout: CLOSE_LIMIT_SECONDS }),
  };
}

/** TCP alone would wait a quarter of an hour for an answer from a peer that was cut off. */
function openSocket({ host, port }: DatabaseConfig, onLost: () => void): Socket {
  const socket = connect({ host, port, noDelay: true });
  let answeredBytes = 0;
  socket.on('data', () => {
    answeredBytes = socket.bytesWritten;
  });
  socket.setTimeout(SILENCE_TIMEOUT_MS, () => {
    if (socket.bytesWritten !== answeredBytes) socket.destroy(new ConnectionSilent());
  });
  socket.on('close', () => {
    if (answeredBytes > 0) onLost();
  });
  return socket;
}

/** Takes everything and never answers. */
function silence(): Socket {
  return new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() }) as Socket;
}

class ConnectionSilent extends Error {
  readonly code = 'ETIMEDOUT';
  constructor() {
    super(`no answer from the database for ${SILENCE_TIMEOUT_MS} ms`);
  }
}

/** Ids as an array in PostgreSQL's text form, to be cast to `uuid[]`. */
export function asUuidArray(ids: Iterable<string>): string {
  return `{${[...ids].join(',')}}`;
}

/** A value for a jsonb column: what came in as JSON goes out as JSON. */
export function asJson(sql: Sql, value: unknown): postgres.Parameter {
  return sql.json(value as postgres.JSONValue);
}

/** Failed before or while talking to the server: connection failures of Node and of the driver. */
const CONNECTION_CODES = /^(E[A-Z]+|CONNECT(ION)?_[A-Z_]+)$/;
/** Classes 08 connection, 40 rollback (deadlock, serialization), 53 resources, 57 intervention; 55P03 and 25P03 timeouts. */
const TRANSIENT_SQLSTATES = /^(08|40|53|57)|^(55P03|25P03)$/;

/** Whether the same work may well succeed a moment later, unchanged. */
export function isTransient(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (CONNECTION_CODES.test(code) || TRANSIENT_SQLSTATES.test(code));
}
