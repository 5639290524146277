// Makes the database: the cluster on disk before the server starts, the order system's role and database afterwards.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import type { ServerBinaries } from '../binaries.ts';
import type { Instance } from '../instance.ts';
import type { AddressPlan } from '../network/address-plan.ts';
import { asUser, environmentOf } from '../processes/launch.ts';
import { runCommand } from '../processes/run-command.ts';
import type { Secrets } from '../secrets.ts';
import { databaseAccess, databaseConfig, ORDERS_DATABASE, ORDERS_ROLE, OWNER_ROLE } from './database-config.ts';
import { databaseData, SYSTEM_USER } from './database-process.ts';

export interface DatabaseSettings {
  readonly instance: Instance;
  readonly addresses: AddressPlan;
  readonly binaries: ServerBinaries;
  readonly secrets: Secrets;
}

/** A server that runs, and the passwords of its roles. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly secrets: Secrets;
}

/** Makes the files of an empty database cluster and its configuration. */
export async function initialiseDatabase(settings: DatabaseSettings, signal: AbortSignal): Promise<void> {
  const { instance, addresses } = settings;
  await makeDatabaseFolder(instance);
  await runInitdb(settings, signal);
  await writeFile(join(databaseData(instance), 'postgresql.conf'), databaseConfig(addresses));
  await writeFile(join(databaseData(instance), 'pg_hba.conf'), databaseAccess(addresses));
}

async function makeDatabaseFolder(instance: Instance): Promise<void> {
  await mkdir(instance.databaseFolder, { mode: 0o700 });
  if (process.getuid?.() === 0) await runCommand(['chown', `${SYSTEM_USER}:`, instance.databaseFolder]);
}

async function runInitdb({ instance, binaries, secrets }: DatabaseSettings, signal: AbortSignal): Promise<void> {
  const passwordFile = join(instance.databaseFolder, 'owner-password');
  // Written by the user who is to read it: root's own files are out of that user's reach.
  await runCommand(asUser(SYSTEM_USER, ['sh', '-c', 'umask 077 && cat > "$0"', passwordFile]), {
    input: secrets['database-owner'],
  });
  const initdb = [
    ...[join(binaries.folder, 'initdb'), '-D', databaseData(instance), `--username=${OWNER_ROLE}`],
    ...[`--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'],
  ];
  const surroundings = { cwd: instance.databaseFolder, environment: environmentOf(instance, {}), signal };
  await runCommand(asUser(SYSTEM_USER, initdb), surroundings);
  await rm(passwordFile);
}

/** Makes the order system's role and its database. The role may create roles: its migration makes the reader's. The server must accept connections. */
export async function createOrdersDatabase(server: DatabaseServer): Promise<void> {
  // The password is hexadecimal; a statement of this kind takes no parameters.
  const password = server.secrets['database-orders'];
  await asOwner(server, [
    `create role ${ORDERS_ROLE} login createrole password '${password}'`,
    `create database ${ORDERS_DATABASE} owner ${ORDERS_ROLE}`,
  ]);
}

async function asOwner({ host, port, secrets }: DatabaseServer, statements: readonly string[]): Promise<void> {
  const sql = postgres({
    host,
    port,
    user: OWNER_ROLE,
    database: 'postgres',
    password: secrets['database-owner'],
    max: 1,
  });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
