// The headers that a target wants with every request, secrets resolved.

import { EXIT } from '../model/exit-code.ts';
import { StampedeError } from '../model/stampede-error.ts';
import type { HttpAccess, HttpAuth } from '../model/target.ts';
import { basicCredentials, isSecretReference, resolveSecret } from './secret.ts';

/** What HTTP can carry in a header, and every client writes in the same way. */
const CARRIABLE = /^[\t\x20-\x7e]*$/;

/** By name in small letters. StampedeError 64 when a secret is not set, or is none that a header can carry. */
export function httpHeaders({ headers = {}, auth }: Pick<HttpAccess, 'headers' | 'auth'>): Record<string, string> {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), textOf(value)] as const);
  const all = auth === undefined ? given : [...given, ['authorization', authorization(auth)] as const];
  for (const [name, value] of all) requireCarriable(name, value);
  return Object.fromEntries(all);
}

function textOf(value: string): string {
  return isSecretReference(value) ? resolveSecret(value) : value;
}

function authorization(auth: HttpAuth): string {
  if ('bearer' in auth) return `Bearer ${resolveSecret(auth.bearer)}`;
  return basicCredentials(auth.basic.user, auth.basic.password);
}

function requireCarriable(name: string, value: string): void {
  if (CARRIABLE.test(value)) return;
  throw new StampedeError(`the value of the header ${name} holds a line break or a sign that is not ASCII`, {
    exitCode: EXIT.usage,
    hint: 'look at the secret that the target file refers to: one line of plain ASCII',
  });
}
