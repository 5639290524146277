// The pooled connection to PostgreSQL: bounded waits, silent peers cut off, and which failures are worth another try.

import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { type DatabaseConfig, readPassword } from '../config.ts';

export type Database = postgres.Sql;
export type Transaction = postgres.TransactionSql;

/** A value for a jsonb column. Throws nothing: what came in as JSON goes out as JSON. */
export function asJson(sql: Database | Transaction, value: unknown): postgres.Parameter {
  return sql.json(value as postgres.JSONValue);
}

const STATEMENT_TIMEOUT_MS = 8000;
/** Longer than any statement may take: whoever is silent for that long with a question open is gone. */
const SILENCE_TIMEOUT_MS = 10_000;

/** Opens no connection yet; each is made when a query needs it, again after it was lost. */
export async function openDatabase(config: DatabaseConfig, poolSize: number, name: string): Promise<Database> {
  const options: postgres.Options<Record<string, never>> & { socket: () => Socket } = {
    host: config.host,
    port: config.port,
    database: config.database,
    username: config.user,
    password: await readPassword(config.passwordFile),
    max: poolSize,
    connect_timeout: 5,
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1) * (0.5 + Math.random() / 2),
    onnotice: () => undefined,
    socket: () => openSocket(config.host, config.port),
    connection: {
      application_name: name,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
  return postgres(options);
}

/** TCP alone would wait a quarter of an hour for an answer from a peer that was cut off. */
function openSocket(host: string, port: number): Socket {
  const socket = connect({ host, port, noDelay: true });
  let answeredBytes = 0;
  socket.on('data', () => {
    answeredBytes = socket.bytesWritten;
  });
  socket.setTimeout(SILENCE_TIMEOUT_MS, () => {
    if (socket.bytesWritten !== answeredBytes) socket.destroy(new ConnectionSilent());
  });
  return socket;
}

class ConnectionSilent extends Error {
  readonly code = 'ETIMEDOUT';
  constructor() {
    super(`no answer from the database for ${SILENCE_TIMEOUT_MS} ms`);
  }
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
