// A context's inbox: which messages have had their effect. Its row commits with the effect, or not at all.

import type { Fragment } from 'postgres';
import type { Defects } from '../defects.ts';
import type { DomainEvent } from '../messages.ts';
import type { Sql } from './database.ts';

/** One message as a consumer got it. */
export interface Delivery<Event extends DomainEvent = DomainEvent> {
  readonly queue: string;
  readonly messageId: string;
  readonly event: Event;
}

/**
 * A common table expression `first_delivery`: one row when the message had no effect before, none when it had. Whatever a
 * handler does, it selects from it, in the same statement. `condition` keeps the message open unless it holds.
 */
export function firstDelivery(
  sql: Sql,
  schema: string,
  delivery: Delivery,
  defects: Defects,
  condition: Fragment = sql``,
): Fragment {
  const again = defects.hits('not-idempotent', delivery.event.body.orderId)
    ? sql`update set received_at = now()`
    : sql`nothing`;
  return sql`
    first_delivery as (
      insert into ${sql(`${schema}.inbox`)} (message_id, queue)
      select ${delivery.messageId}::uuid, ${delivery.queue}::text ${condition}
      on conflict (message_id, queue) do ${again}
      returning message_id
    )`;
}
