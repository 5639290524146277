// The database of a testbed as faults act on it: takes connections away from the order system, and gives them back.

import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import type { Instance } from '../instance.ts';
import { existingPlan } from '../plan.ts';
import { type SecretName, secretFile } from '../secrets.ts';
import { ORDERS_DATABASE, ORDERS_ROLE, OWNER_ROLE } from './database-config.ts';

/** What PostgreSQL answers when its connections are used up (too_many_connections). */
const USED_UP = '53300';
const CONNECT_LIMIT_S = 5;
/** More than the server has: whoever got so many has taken no limited resource. */
const MOST_CONNECTIONS = 1000;

export class DatabaseControl {
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** Opens connections in the order system's role until the server refuses; gives how many. They last until given back, or until this process ends. */
  async takeConnections(id: string): Promise<number> {
    for (let taken = 0; taken < MOST_CONNECTIONS; taken++) {
      const refused = await this.#open(id).then(
        () => false,
        (error: { code?: string }) => {
          if (error.code === USED_UP) return true;
          throw error;
        },
      );
      if (refused) return taken;
    }
    throw new Error(`the database still gives connections after ${MOST_CONNECTIONS}`);
  }

  /** Ends the connections of the order system, which will connect anew; gives how many. */
  endServiceConnections(): Promise<number> {
    return this.#asOwner(async (sql) => {
      const ended = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where usename = ${ORDERS_ROLE} and application_name not like ${`${NAME_PREFIX}%`}`;
      return ended.length;
    });
  }

  /** Ends what `takeConnections` opened, in whatever process; gives how many. */
  giveBack(id: string): Promise<number> {
    return this.#asOwner(async (sql) => {
      const ended = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${NAME_PREFIX + id}`;
      return ended.length;
    });
  }

  /** Connections that `takeConnections` holds at present, under this id or under any. */
  takenBy(id = '%'): Promise<number> {
    return this.#asOwner(async (sql) => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from pg_stat_activity where application_name like ${NAME_PREFIX + id}`;
      return row?.count ?? 0;
    });
  }

  /** Whether the order system's role gets one more connection. */
  async gives(): Promise<boolean> {
    const sql = this.#client(ORDERS_ROLE, ORDERS_DATABASE, 'database-orders', 'stampede-asks');
    try {
      await sql`select 1`;
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === USED_UP) return false;
      throw error;
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  async #open(id: string): Promise<void> {
    await this.#client(ORDERS_ROLE, ORDERS_DATABASE, 'database-orders', NAME_PREFIX + id)`select 1`;
  }

  /** The server keeps some connections for its owner when all others are used up. */
  async #asOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = this.#client(OWNER_ROLE, 'postgres', 'database-owner', 'stampede-control');
    try {
      return await work(sql);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  #client(user: string, database: string, secret: SecretName, name: string): postgres.Sql {
    const { hosts, ports } = existingPlan(this.#instance).addresses;
    return postgres({
      host: hosts.database,
      port: ports.database,
      user,
      database,
      password: readFileSync(secretFile(this.#instance, secret), 'utf8'),
      max: 1,
      max_lifetime: null,
      fetch_types: false,
      connect_timeout: CONNECT_LIMIT_S,
      connection: { application_name: name },
    });
  }
}

const NAME_PREFIX = 'stampede-fault-';
