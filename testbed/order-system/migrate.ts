// Prepares database and broker for the order system: schemas, seed, reader role, exchanges, queues. May run again at any time.

import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import type { Channel } from 'rabbitmq-client';
import { loadConfig, readPassword, type ServiceConfig } from './config.ts';
import { Defects } from './defects.ts';
import { closeBroker, openBroker } from './platform/broker.ts';
import { type Database, isTransient, openDatabase } from './platform/database.ts';
import { readableTables } from './queries.ts';
import {
  contextExchanges,
  DEAD_LETTER_EXCHANGE,
  deadLetterQueueArguments,
  deadLetterQueues,
  isDeclaredByConsumer,
  queueArguments,
  queues,
  UNROUTABLE_EXCHANGE,
} from './topology.ts';

/** How long database and broker may take to come up. */
const DEADLINE_MS = 60_000;
const POLL_INTERVAL_MS = 250;
/** Any number; migrations that run at the same time queue up behind it. */
const MIGRATION_LOCK = 5231;

const CONTEXTS = ['shopping', 'orders', 'payments', 'inventory', 'fulfillment'];
const WITH_MESSAGING = ['orders', 'payments', 'inventory', 'fulfillment'];

async function migrateDatabase(config: ServiceConfig, readerPassword: string): Promise<void> {
  const database = await openDatabase(config.database, 1, `${config.instance}/migrate`);
  try {
    await awaitDatabase(database);
    await database.sql.unsafe(await migrationScript(readerPassword));
  } finally {
    await database.close();
  }
}

async function awaitDatabase(database: Database): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      await database.sql`select 1`;
      return;
    } catch (error) {
      if (!isTransient(error) || performance.now() > deadline) throw error;
      await delay(POLL_INTERVAL_MS);
    }
  }
}

/** One transaction: all or nothing. */
async function migrationScript(readerPassword: string): Promise<string> {
  const messaging = await readSchema('messaging');
  const contexts = await Promise.all(CONTEXTS.map(readSchema));
  const withMessaging = WITH_MESSAGING.map((context) => `set local search_path to ${context};\n${messaging}`);
  const lock = `select pg_advisory_xact_lock(${MIGRATION_LOCK});`;
  return ['begin;', lock, ...contexts, ...withMessaging, readerGrants(readerPassword), 'commit;'].join('\n');
}

function readSchema(name: string): Promise<string> {
  return readFile(new URL(`schema/${name}.sql`, import.meta.url), 'utf8');
}

/** The role with which the suite reads effects: it may select from what the queries need, and nothing else. */
function readerGrants(password: string): string {
  const quoted = `'${password.replaceAll("'", "''")}'`;
  const schemas = [...new Set(readableTables.map((table) => table.split('.')[0]))].join(', ');
  return `
    do $$ begin
      if not exists (select from pg_roles where rolname = 'stampede_reader') then create role stampede_reader; end if;
    end $$;
    alter role stampede_reader with login password ${quoted};
    alter role stampede_reader set default_transaction_read_only = on;
    grant usage on schema ${schemas} to stampede_reader;
    grant select on ${readableTables.join(', ')} to stampede_reader;`;
}

async function declareTopology(config: ServiceConfig): Promise<void> {
  const log = pino({ level: config.logLevel, base: { service: 'migrate', instance: config.instance } });
  const connection = await openBroker(config, 'migrate', log);
  try {
    await connection.onConnect(DEADLINE_MS, true);
    const channel = await connection.acquire();
    await declareExchanges(channel);
    await declareQueues(channel, new Defects(config.defects));
    await channel.close();
  } finally {
    await closeBroker(connection, 1000);
  }
}

async function declareExchanges(channel: Channel): Promise<void> {
  await channel.exchangeDeclare({ exchange: UNROUTABLE_EXCHANGE, type: 'fanout', durable: true });
  await channel.exchangeDeclare({ exchange: DEAD_LETTER_EXCHANGE, type: 'direct', durable: true });
  for (const exchange of contextExchanges) {
    const args = { 'alternate-exchange': UNROUTABLE_EXCHANGE };
    await channel.exchangeDeclare({ exchange, type: 'topic', durable: true, arguments: args });
  }
}

async function declareQueues(channel: Channel, defects: Defects): Promise<void> {
  for (const queue of deadLetterQueues) {
    await channel.queueDeclare({ queue, durable: true, arguments: deadLetterQueueArguments });
    await channel.queueBind({ queue, exchange: DEAD_LETTER_EXCHANGE, routingKey: queue });
  }
  for (const queue of queues) {
    if (isDeclaredByConsumer(queue, defects)) continue;
    await channel.queueDeclare({ queue: queue.name, durable: true, arguments: queueArguments(queue) });
    for (const binding of queue.bindings) await channel.queueBind({ queue: queue.name, ...binding });
  }
}

const readerPasswordFile = process.env.READER_PASSWORD_FILE;
if (!readerPasswordFile)
  throw new Error('READER_PASSWORD_FILE must name the file with the password of stampede_reader');
const config = await loadConfig(process.env);
const readerPassword = await readPassword(readerPasswordFile);
await Promise.all([migrateDatabase(config, readerPassword), declareTopology(config)]);
