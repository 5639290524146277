// The part of a k6 process's environment that a target asks for: its secrets, and the certificate authority to trust.

import { httpHeaders } from '../lib/config/http-headers.ts';
import { knownSecrets } from '../lib/config/known-secrets.ts';
import { type LoadSecrets, SECRETS_VARIABLE } from '../lib/config/load-secrets.ts';
import type { HttpAccess } from '../lib/model/target.ts';

/**
 * Names and values. Call it when all secrets of the target are resolved, since k6 redacts those that are known by then.
 * Go reads SSL_CERT_FILE in place of the system's bundle and still reads the system's certificate folders, so both are trusted.
 */
export function targetEnvironment(http: HttpAccess): Readonly<Record<string, string>> {
  const secrets: LoadSecrets = { headers: httpHeaders(http), secrets: knownSecrets() };
  const caFile = http.tls?.caFile;
  return { [SECRETS_VARIABLE]: JSON.stringify(secrets), ...(caFile === undefined ? {} : { SSL_CERT_FILE: caFile }) };
}
