// The configuration files of PostgreSQL, as text. Durability is what the tests are about: nothing of it is switched off for speed.

import type { AddressPlan } from '../network/address-plan.ts';

/** Owns the database cluster: makes roles and databases, and is used for nothing else. */
export const OWNER_ROLE = 'stampede';
/** The order system's own role and database. */
export const ORDERS_ROLE = 'orders';
export const ORDERS_DATABASE = 'orders';
/** Made by the migration; reads what the effect queries need. */
export const READER_ROLE = 'stampede_reader';

/** Content of postgresql.conf, in place of the one that initdb makes. */
export function databaseConfig({ hosts, ports }: AddressPlan): string {
  return databaseConfigText(hosts.database, ports.database);
}

/** The same for a server that listens on any address; `*` are all. */
export function databaseConfigText(host: string, port: number): string {
  return [
    `listen_addresses = '${host}'`,
    `port = ${port}`,
    "unix_socket_directories = ''",
    'max_connections = 150',
    'password_encryption = scram-sha-256',
    '',
    'fsync = on',
    'synchronous_commit = on',
    'full_page_writes = on',
    '',
    'shared_buffers = 128MB',
    'max_wal_size = 1GB',
    '# Shared memory as files in the data folder: nothing of it is left on the machine when the server is killed.',
    'dynamic_shared_memory_type = mmap',
    '',
    'logging_collector = off',
    "log_line_prefix = '%m [%p] %q%u@%d '",
    'log_lock_waits = on',
    'deadlock_timeout = 1s',
    "log_timezone = 'UTC'",
    "timezone = 'UTC'",
    '',
  ].join('\n');
}

/** Content of pg_hba.conf: a password for everybody, from inside the instance's subnet only. */
export function databaseAccess(addresses: AddressPlan): string {
  const from = addresses.subnet.startsWith('127.') ? '127.0.0.0/8' : addresses.subnet;
  return `host all all ${from} scram-sha-256\n`;
}
