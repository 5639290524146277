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

/** Asks the testbed's database, through the read-only role of its target file, for the orders whose keys the run's history names. */
export async function countInDatabase(instance: string, runDirectory: string): Promise<DatabaseCount> {
  const target = JSON.parse(readFileSync(instanceOf(instance).targetFile, 'utf8'));
  const { host, port, database, user, password } = target.database;
  const sql = postgres({
    host,
    port,
    database,
    user,
    password: readFileSync(password.slice('file:'.length), 'utf8').trim(),
  });
  try {
    const keys = [
      ...new Set(linesOf(join(runDirectory, 'history.ndjson')).flatMap((line) => (line.f ? [String(line.key)] : []))),
    ];
    const [count] = await sql<[DatabaseCount]>`
      with mine as (select order_id, status from orders.orders where customer_id = any(${keys}::uuid[])),
           paid as (select order_id, count(*) as times from payments.entries
                     where kind = 'capture' and order_id in (select order_id from mine) group by order_id)
      select (select count(*)::int from mine) as orders,
             (select count(*)::int from mine where status = 'Fulfilling') as completed,
             (select count(*)::int from paid) as payments,
             (select count(*)::int from paid where times > 1) as "doublePayments"`;
    return { ...count };
  } finally {
    await sql.end();
  }
}
