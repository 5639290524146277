// A context's outbox: a message is kept in the same transaction as the effect that it tells of, until the broker has it.

import { randomUUID } from 'node:crypto';
import type { Fragment } from 'postgres';
import type { DomainEvent } from '../messages.ts';
import { asUuidArray, type Sql } from './database.ts';
import type { OutgoingMessage } from './publisher.ts';

/**
 * A row is on loan to the process that wrote or claimed it, which publishes it at once. Only when that process did not
 * come to delete it in time (it died, or the broker did not answer) is the row due for whoever sweeps the outbox next.
 */
const LOAN = '3 seconds';
const LONGEST_BACKOFF = '30 seconds';

/** The message that tells of the event; a new one each time. */
export function messageOf(event: DomainEvent): OutgoingMessage {
  return {
    messageId: randomUUID(),
    type: event.type,
    correlationId: event.body.orderId,
    body: JSON.stringify(event.body),
    createdAt: new Date(),
  };
}

/**
 * The end of a statement: keeps the message once for each row of `from`, a common table expression that has a row when the
 * effect was done. So effect and message commit together, in one statement, without a transaction of several round trips.
 */
export function keepInOutbox(sql: Sql, schema: string, message: OutgoingMessage, from: string): Fragment {
  return sql`
    insert into ${sql(`${schema}.outbox`)} (message_id, type, correlation_id, body, created_at)
    select ${message.messageId}::uuid, ${message.type}::text, ${message.correlationId}::uuid, ${message.body}::text,
      ${message.createdAt}::timestamptz
    from ${sql(from)}`;
}

/** Takes on loan what is due and not held already, oldest first. Sweepers at work at the same time get different rows. */
export async function claimDue(
  sql: Sql,
  schema: string,
  limit: number,
  held: Iterable<string>,
): Promise<readonly OutgoingMessage[]> {
  const outbox = sql(`${schema}.outbox`);
  return sql<OutgoingMessage[]>`
    update ${outbox} set due_at = now() + ${LOAN}::interval
    where message_id in (
      select message_id from ${outbox} where due_at <= now() and message_id <> all(${asUuidArray(held)}::uuid[])
      order by due_at limit ${limit} for update skip locked
    )
    returning message_id as "messageId", type, correlation_id as "correlationId", body, created_at as "createdAt"`;
}

/** Forgets messages that the broker has taken charge of. */
export async function deleteTaken(sql: Sql, schema: string, messageIds: readonly string[]): Promise<void> {
  await sql`delete from ${sql(`${schema}.outbox`)} where message_id = any(${asUuidArray(messageIds)}::uuid[])`;
}

/** Puts off messages that nobody took; longer each time. */
export async function postpone(sql: Sql, schema: string, messageIds: readonly string[]): Promise<void> {
  await sql`
    update ${sql(`${schema}.outbox`)}
    set attempts = attempts + 1,
        due_at = now() + least(interval '200 milliseconds' * 2 ^ least(attempts, 20), ${LONGEST_BACKOFF}::interval)
    where message_id = any(${asUuidArray(messageIds)}::uuid[])`;
}
