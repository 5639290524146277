// Every secret that this process has resolved: who resolves one leaves it here, so that no writer of a file or a line can forget it.

import type { Json } from '../model/history.ts';
import { type Redactor, redactorOf } from './redact.ts';

const known = new Set<string>();
let redactor: Redactor = redactorOf([]);

/** From now on no artifact of this process shows `secret`. Basic credentials (`user:password`) count as one. */
export function rememberSecret(secret: string): void {
  if (known.has(secret)) return;
  known.add(secret);
  redactor = redactorOf([...known]);
}

/** For the one process that has to redact by itself: k6. */
export function knownSecrets(): readonly string[] {
  return [...known];
}

/** `text` without any secret known so far. */
export function redact(text: string): string {
  return redactor.redact(text);
}

/** The first `length` characters of a foreign text, without any secret known so far. */
export function redactedExcerpt(text: string, length: number): string {
  return redactor.excerpt(text, length);
}

/** `value` without any secret known so far in its strings. */
export function redactValue<Value extends Json>(value: Value): Value {
  return redactor.redactValue(value);
}
