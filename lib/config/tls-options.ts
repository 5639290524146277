// From a target's TLS files to what Node's TLS, and so undici and the PostgreSQL client, want to be given.

import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
import { EXIT } from '../model/exit-code.ts';
import { StampedeError } from '../model/stampede-error.ts';
import type { NamedTls } from '../model/target.ts';

/** The part of Node's ConnectionOptions that a target file decides. */
export interface TlsOptions {
  readonly minVersion: 'TLSv1.2';
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
}

/** Verified TLS 1.2 or later. StampedeError 64 when a file cannot be read, or is not what it should be. */
export function tlsOptions(tls: NamedTls = {}): TlsOptions {
  const { caFile, certFile, keyFile, serverName } = tls;
  const options: TlsOptions = {
    minVersion: 'TLSv1.2',
    ...(caFile === undefined ? {} : { ca: [...rootCertificates, readPem(caFile)] }),
    ...(certFile === undefined ? {} : { cert: readPem(certFile) }),
    ...(keyFile === undefined ? {} : { key: readPem(keyFile) }),
  };
  requireUsable(options, tls);
  return serverName === undefined ? options : { ...options, servername: serverName };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unusable(`the file ${path} cannot be read: ${(cause as NodeJS.ErrnoException).code}`, cause);
  }
}

function requireUsable(options: TlsOptions, { caFile, certFile, keyFile }: NamedTls): void {
  try {
    createSecureContext(options);
  } catch (cause) {
    const files = [caFile, certFile, keyFile].filter((file) => file !== undefined).join(', ');
    throw unusable(`TLS cannot use ${files}: ${(cause as Error).message}`, cause);
  }
}

function unusable(message: string, cause: unknown): StampedeError {
  return new StampedeError(message, {
    exitCode: EXIT.usage,
    hint: 'caFile, certFile and keyFile of the target file are PEM files; the key must have no passphrase and belong to the certificate',
    cause,
  });
}
