// Whether a service lives and is ready: what `/health/ready` asks of the database, the broker and the consumers.

import type { Connection, Consumer } from 'rabbitmq-client';
import type { Database } from './database.ts';

/** Gives the reason why the part is not ready, or null. */
export type ReadinessCheck = () => Promise<string | null>;

const DATABASE_TIMEOUT_MS = 2000;

export function databaseCheck(database: Database): ReadinessCheck {
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, DATABASE_TIMEOUT_MS, `database: no answer in ${DATABASE_TIMEOUT_MS} ms`);
    });
    const answer = database.sql`select 1`.then(
      () => null,
      (error) => `database: ${error}`,
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  };
}

export function brokerCheck(connection: Connection, purpose: string): ReadinessCheck {
  return async () => (connection.ready ? null : `broker: no connection to ${purpose} on`);
}

export function consumerCheck(consumer: Consumer, queue: string): ReadinessCheck {
  return async () => (consumer.consumerTag ? null : `consumer of ${queue}: not running`);
}

/** All reasons against being ready; empty when ready. */
export async function reasonsAgainst(checks: readonly ReadinessCheck[]): Promise<string[]> {
  const answers = await Promise.all(checks.map((check) => check()));
  return answers.filter((reason) => reason !== null);
}
