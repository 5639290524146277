// The suite's reading of a platform's store, on a real PostgreSQL.

import { chmod } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { Target } from '../lib/model/target.ts';
import { openPlatformStore, type PlatformStore } from '../runner/platform-store.ts';
import { loopbackAddress } from '../testbed/order-system/testing/loopback-address.ts';
import { startDatabase, type ThrowawayDatabase } from '../testbed/order-system/testing/throwaway-database.ts';

/** More than one query's worth of keys. */
const MANY = 12_000;
const QUERIES = {
  orders: 'select order_id, customer_id, status from orders where customer_id = any($1)',
  effects: `select order_id, 'payment' as kind, 2 as count from orders where customer_id = any($1) and status = 'Twice'`,
  totals: `select 'money-captured' as name, count(*) as value from orders`,
};

let folder: string;
let server: ThrowawayDatabase;
const stores: PlatformStore[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  await chmod(folder, 0o711);
  server = await startDatabase(folder, loopbackAddress());
  await server.sql`create table orders (order_id text, customer_id text, status text)`;
  await server.sql`insert into orders select 'o' || n, 'c' || n, 'Fulfilling' from generate_series(1, ${MANY}) n`;
  await server.sql`insert into orders values ('twice', 'paid-twice', 'Twice')`;
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});
afterAll(async () => {
  await server?.stop();
});

function storeWith(queries: Partial<NonNullable<Target['queries']>> = {}): PlatformStore {
  return storeOf({ ...QUERIES, ...queries });
}

function storeOf(queries: NonNullable<Target['queries']>): PlatformStore {
  const { host, port, database, user, passwordFile } = server.config;
  const store = openPlatformStore({
    name: 'test',
    flow: 'seed',
    http: { baseUrls: { shopping: 'http://127.0.0.1:9', orders: 'http://127.0.0.1:9' } },
    database: { host, port, database, user, password: `file:${passwordFile}` },
    queries,
  });
  if (store === undefined) throw new Error('there is no store');
  stores.push(store);
  return store;
}

describe('the store of a platform', () => {
  it('gives orders, effects and totals for the keys that are asked for, however many', async () => {
    const keys = Array.from({ length: MANY }, (_, index) => `c${index + 1}`);
    const { orders, effects, totals } = await storeWith().read([...keys, 'paid-twice', 'nobody']);
    expect(orders).toHaveLength(MANY + 1);
    expect(orders[0]).toEqual({ type: 'order', orderId: 'o1', customerId: 'c1', status: 'Fulfilling' });
    expect(effects).toEqual([{ type: 'effect', orderId: 'twice', kind: 'payment', count: 2 }]);
    expect(totals).toEqual([{ type: 'total', phase: 'after', name: 'money-captured', value: MANY + 1 }]);
  });

  it('gives the totals before the load, and none where the target has no query for them', async () => {
    expect(await storeWith().totals('before')).toMatchObject([{ phase: 'before', value: MANY + 1 }]);
    const { orders, effects } = QUERIES;
    expect(await storeOf({ orders, effects }).totals('before')).toEqual([]);
  });

  it('cannot be changed by a query', async () => {
    const changing =
      'insert into orders select order_id, customer_id, status from orders where customer_id = any($1) returning *';
    await expect(storeWith({ orders: changing }).read(['c1'])).rejects.toThrow('read-only');
    await expect(storeWith({ totals: 'delete from orders returning 1' }).totals('before')).rejects.toThrow('read-only');
  });

  it.each([
    ['lacks a column', { orders: 'select order_id, status from orders where customer_id = any($1)' }, 'customer_id'],
    [
      'counts in fractions',
      { effects: `select order_id, 'payment' as kind, 0.5 as count from orders where customer_id = any($1)` },
      'not a whole number',
    ],
  ])('rejects an answer that %s, and names the column', async (_what, queries, message) => {
    await expect(storeWith(queries).read(['c1'])).rejects.toThrow(message);
  });

  it('tells the deadlocks that the database has counted', async () => {
    expect(await storeWith().deadlocks()).toBe(0);
  });
});
