// The tap's connection to the platform's broker: one at a time, to whichever node of the cluster answers.

import { Connection } from 'rabbitmq-client';
import { resolveSecret } from '../../lib/config/secret.ts';
import { tlsOptions } from '../../lib/config/tls-options.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { TapAccess } from '../../lib/model/target.ts';
import { refusalOf } from '../refusal.ts';

const CONNECT_LIMIT_MS = 10_000;

/** Connects, and again whenever the connection is lost. StampedeError 64 when a secret or TLS file cannot be used, 69 when no node takes it. */
export async function connectTap({ nodes, vhost, user, password, tls }: TapAccess): Promise<Connection> {
  const connection = new Connection({
    hosts: nodes.map(({ host, port }) => `${host}:${port}`),
    vhost,
    username: user,
    password: resolveSecret(password),
    ...(tls === undefined ? {} : { tls: tlsOptions(tls) }),
    connectionName: 'stampede tap',
    noDelay: true,
    heartbeat: 10,
    connectionTimeout: CONNECT_LIMIT_MS / 2,
    acquireTimeout: CONNECT_LIMIT_MS,
    retryLow: 200,
    retryHigh: 2_000,
  });
  let last: Error | undefined;
  connection.on('error', (error: Error) => {
    last ??= error;
  });
  try {
    await connection.onConnect(CONNECT_LIMIT_MS, true);
    return connection;
  } catch (cause) {
    connection.unsafeDestroy();
    const where = nodes.map(({ host, port }) => `${host}:${port}`).join(', ');
    const { reason, hint } = refusalOf(last ?? (cause as Error), 'tap.tls');
    throw new StampedeError(`the broker at ${where} ${reason}`, { exitCode: EXIT.unavailable, hint, cause });
  }
}
