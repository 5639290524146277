// The suite's own client of the broker: one connection to one node, which is never another one by surprise.

import { AMQPError, Connection } from 'rabbitmq-client';
import { resolveSecret } from '../../lib/config/secret.ts';
import type { BrokerAccess, BrokerNode } from '../../lib/model/target.ts';

const CONNECT_LIMIT_MS = 10_000;

/** Hands an open connection to `work`, and closes it in every path. Rejects when the node does not take it. */
export async function withConnection<T>(
  { vhost, user, password }: BrokerAccess,
  { host, port }: BrokerNode,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = new Connection({
    hostname: host,
    port,
    vhost,
    username: user,
    password: resolveSecret(password),
    connectionName: 'stampede durability suite',
    noDelay: true,
    connectionTimeout: CONNECT_LIMIT_MS,
    acquireTimeout: CONNECT_LIMIT_MS,
  });
  // Every request meets the error itself; without a listener it would end the process.
  connection.on('error', () => undefined);
  try {
    await connection.onConnect(CONNECT_LIMIT_MS);
    return await work(connection);
  } finally {
    connection.unsafeDestroy();
  }
}

/** True when the broker says that there is no such queue. */
export function isMissing(cause: unknown): boolean {
  return cause instanceof AMQPError && cause.code === 'NOT_FOUND';
}
