// The pool on a real PostgreSQL that cuts its connections again and again: every statement gets an answer, and work goes on.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loopbackAddress } from '../testing/loopback-address.ts';
import { poll } from '../testing/poll.ts';
import { startDatabase, type ThrowawayDatabase } from '../testing/throwaway-database.ts';
import { type Database, isTransient, openDatabase } from './database.ts';
import { within } from './within.ts';

const CUTS = 30;
const WORKERS = 16;

let folder: string;
let server: ThrowawayDatabase;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-system-'));
  await chmod(folder, 0o711);
  server = await startDatabase(folder, loopbackAddress());
  database = await openDatabase(server.config, 8, 'test/database');
  await server.sql`create table numbers (n integer)`;
});

afterAll(async () => {
  await database?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('however often connections are cut, every statement gets an answer and the next ones succeed', async () => {
  let stopped = false;
  let succeeded = 0;
  const failures: unknown[] = [];
  const work = async () => {
    for (let n = 0; !stopped; n++) {
      await database.sql`insert into numbers values (${n})`.then(
        () => succeeded++,
        (error) => failures.push(error),
      );
    }
  };
  const workers = Promise.all(Array.from({ length: WORKERS }, work));
  for (let cut = 0; cut < CUTS; cut++) {
    const goal = succeeded + 50;
    await poll('work goes on', async () => succeeded >= goal);
    await server.cutConnections();
  }
  const goal = succeeded + 50;
  await poll('work goes on', async () => succeeded >= goal);
  stopped = true;
  expect(await within(10_000, workers)).toBe(true);
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.filter((error) => !isTransient(error))).toEqual([]);
});
