// The passwords of one instance: random, each in a file of its own that only the owner can read.

import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from './instance.ts';

/** `database-owner` makes roles and databases, `database-orders` and `broker-orders` are the platform's, `broker-tap` copies events, the rest only read. */
export const SECRET_NAMES = [
  'database-owner',
  'database-orders',
  'database-reader',
  'broker-orders',
  'broker-monitoring',
  'broker-tap',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];
export type Secrets = Readonly<Record<SecretName, string>>;

export function secretFile(instance: Instance, name: SecretName): string {
  return join(instance.secrets, name);
}

/** Folder of the Erlang cookie, which all nodes of the instance and their command-line tools share as HOME. */
export function erlangHome(instance: Instance): string {
  return join(instance.secrets, 'erlang');
}

/** Makes all passwords and the Erlang cookie anew. */
export async function writeSecrets(instance: Instance): Promise<Secrets> {
  await mkdir(erlangHome(instance), { recursive: true, mode: 0o700 });
  // Erlang refuses a cookie file that others could read.
  await writeFile(join(erlangHome(instance), '.erlang.cookie'), randomBytes(24).toString('hex'), { mode: 0o400 });
  const secrets = SECRET_NAMES.map((name) => [name, randomBytes(24).toString('hex')] as const);
  for (const [name, secret] of secrets) await writeFile(secretFile(instance, name), secret, { mode: 0o600 });
  return Object.fromEntries(secrets) as Record<SecretName, string>;
}
