// Secrets come by reference and are resolved at the last moment; the value goes into a connection and nowhere else.

import { readFileSync } from 'node:fs';
import { EXIT } from '../model/exit-code.ts';
import { StampedeError } from '../model/stampede-error.ts';
import type { SecretReference } from '../model/target.ts';
import { rememberSecret } from './known-secrets.ts';

/** The secret behind `env:NAME` or `file:/path` (one trailing newline is dropped). Kept out of every artifact from then on. StampedeError 64 names the reference, never a value. */
export function resolveSecret(reference: SecretReference): string {
  const value = reference.startsWith('env:') ? process.env[reference.slice(4)] : readSecretFile(reference);
  if (value === undefined || value === '') {
    throw new StampedeError(`the secret ${reference} is not set or empty`, {
      exitCode: EXIT.usage,
      hint: 'set the environment variable, or write the file, that the target file refers to',
    });
  }
  rememberSecret(value);
  return value;
}

/** True for `env:NAME` and `file:/path`; any other text stands for itself. */
export function isSecretReference(text: string): text is SecretReference {
  return /^(env:[A-Za-z_][A-Za-z0-9_]*|file:\/.+)$/.test(text);
}

/** The value of a Basic Authorization header. */
export function basicCredentials(user: string, password: SecretReference): string {
  const credentials = `${user}:${resolveSecret(password)}`;
  rememberSecret(credentials);
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

function readSecretFile(reference: SecretReference): string | undefined {
  try {
    return readFileSync(reference.slice('file:'.length), 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
