// Counts a run's orders in the database by hand-written SQL on the platform's tables. Shares no code with the checkers, on purpose.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { instanceOf } from '../../testbed/testbed.ts';
import { linesOf } from './stampede.ts';

export interface DatabaseCount {
  readonly orders: number;
  readonly completed: number;
  readonly payments: number;
  readonly doublePayments: number;
}

/** Orders that no message moves any more, by the effect that they wait for. */
export interface UnmovedCount {
  readonly unpaid: number;
  readonly uncommitted: number;
}

/** Asks the testbed's database, through the read-only role of its target file, for the orders whose keys the run's history names. */
export function countInDatabase(instance: string, runDirectory: string): Promise<DatabaseCount> {
  return ask(instance, async (sql) => {
    const [count] = await sql<[DatabaseCount]>`
      with mine as (select order_id, status from orders.orders where customer_id = any(${keysOf(runDirectory)}::uuid[])),
           paid as (select order_id, count(*) as times from payments.entries
                     where kind = 'capture' and order_id in (select order_id from mine) group by order_id)
      select (select count(*)::int from mine) as orders,
             (select count(*)::int from mine where status = 'Fulfilling') as completed,
             (select count(*)::int from paid) as payments,
             (select count(*)::int from paid where times > 1) as "doublePayments"`;
    return { ...count };
  });
}

/** Of the same orders, those that stand still on their way. */
export function countUnmoved(instance: string, runDirectory: string): Promise<UnmovedCount> {
  return ask(instance, async (sql) => {
    const [count] = await sql<[UnmovedCount]>`
      with open as (
        select exists (select from payments.entries e where e.order_id = o.order_id and kind = 'capture') as paid,
          exists (select from inventory.commitments c where c.order_id = o.order_id) as committed
        from orders.orders o
        where customer_id = any(${keysOf(runDirectory)}::uuid[]) and status in ('PendingPayment', 'PaymentConfirmed')
      )
      select count(*) filter (where not paid)::int as unpaid,
        count(*) filter (where paid and not committed)::int as uncommitted
      from open`;
    return { ...count };
  });
}

function keysOf(runDirectory: string): readonly string[] {
  const lines = linesOf(join(runDirectory, 'history.ndjson'));
  return [...new Set(lines.flatMap((line) => (line.f ? [String(line.key)] : [])))];
}

async function ask<Answer>(instance: string, question: (sql: postgres.Sql) => Promise<Answer>): Promise<Answer> {
  const target = JSON.parse(readFileSync(instanceOf(instance).targetFile, 'utf8'));
  const { host, port, database, user, password } = target.database;
  const secret = readFileSync(password.slice('file:'.length), 'utf8').trim();
  const sql = postgres({ host, port, database, user, password: secret });
  try {
    return await question(sql);
  } finally {
    await sql.end();
  }
}
