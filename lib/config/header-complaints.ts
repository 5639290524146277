// What a schema cannot say about the headers of a target file.

import type { HttpAccess } from '../model/target.ts';
import { isSecretReference } from './secret.ts';

/** Headers that are made to carry secrets: in clear, one would stand in the target file. */
const CARRIES_SECRET = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'];

/** In plain words, empty when all is well. */
export function headerComplaints({ headers = {}, auth }: HttpAccess): string[] {
  const names = Object.keys(headers);
  const small = names.map((name) => name.toLowerCase());
  const inClear = names.filter(
    (name) => CARRIES_SECRET.includes(name.toLowerCase()) && !isSecretReference(headers[name] ?? ''),
  );
  const twice = names.filter((name, index) => small.indexOf(name.toLowerCase()) !== index);
  return [
    ...inClear.map((name) => `http.headers.${name} must be a reference to a secret, env:NAME or file:/path`),
    ...twice.map(
      (name) => `http.headers.${name} stands there twice: header names are the same in capital and small letters`,
    ),
    ...(auth !== undefined && small.includes('authorization')
      ? ['http.headers.Authorization and http.auth exclude each other: leave one out']
      : []),
  ];
}
