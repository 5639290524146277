// Secrets come by reference and are resolved at the last moment; the value goes into a connection and nowhere else.

import { readFileSync } from 'node:fs';
import { EXIT } from '../model/exit-code.ts';
import { StampedeError } from '../model/stampede-error.ts';
import type { SecretReference } from '../model/target.ts';

/** The secret behind `env:NAME` or `file:/path` (one trailing newline is dropped). The error names the reference, never a value. */
export function resolveSecret(reference: SecretReference): string {
  const value = reference.startsWith('env:') ? process.env[reference.slice(4)] : readSecretFile(reference);
  if (value === undefined || value === '') {
    throw new StampedeError(`the secret ${reference} is not set or empty`, {
      exitCode: EXIT.usage,
      hint: 'set the environment variable, or write the file, that the target file refers to',
    });
  }
  return value;
}

function readSecretFile(reference: SecretReference): string | undefined {
  try {
    return readFileSync(reference.slice('file:'.length), 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
