// A PostgreSQL of a test's own, on a loopback address of its own, gone with its folder.

import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import type { DatabaseConfig } from '../config.ts';
import { Child } from './child.ts';
import { poll } from './poll.ts';

const run = promisify(execFile);
const BINARIES = '/usr/lib/postgresql/15/bin';

export interface ThrowawayDatabase {
  readonly config: DatabaseConfig;
  /** A connection for the test itself. */
  readonly sql: postgres.Sql;
  /** Kills every connection of the order system at once. */
  cutConnections(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDatabase(folder: string, host: string): Promise<ThrowawayDatabase> {
  const data = join(folder, 'postgresql');
  const passwordFile = join(folder, 'database-password');
  await writeFile(passwordFile, 'a test password');
  await mkdir(data, { mode: 0o700 });
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (user) await Promise.all([data, passwordFile].map((path) => chown(path, user.uid, user.gid)));
  const initdb = ['-D', data, '-U', 'orders', '-A', 'scram-sha-256', '--pwfile', passwordFile, '--no-sync'];
  await run(join(BINARIES, 'initdb'), initdb, { cwd: '/', ...user });
  const child = new Child(join(BINARIES, 'postgres'), ['-D', data, '-h', host, '-k', '', '-c', 'max_connections=200'], {
    logFile: join(folder, 'postgresql.log'),
    stopSignal: 'SIGINT',
    ...(user && { user }),
  });
  const config = { host, port: 5432, database: 'postgres', user: 'orders', passwordFile };
  const sql = postgres({ host, database: 'postgres', user: 'orders', password: 'a test password', max: 2 });
  await poll('PostgreSQL answers', () => sql`select 1`);
  return {
    config,
    sql,
    cutConnections: async () => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'test/%'`;
    },
    stop: async () => {
      await sql.end({ timeout: 1 });
      await child.stop();
    },
  };
}

function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
