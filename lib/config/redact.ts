// Takes secrets out of a text, in every form in which a target, a library or a log might repeat them. Runs in Node and in k6.

import type { Json } from '../model/history.ts';
import { base64 } from './base64.ts';

export const REDACTED = '[redacted]';

/** Shorter secrets are taken out of texts alone, and only as whole words: `guest` must not tear `guestbook` apart. */
const SURE_LENGTH = 8;

/** Credentials that nobody told us of: in URLs, and behind the two words of an Authorization header. */
const USERINFO = /(:\/\/)[^/\s?#"'<>]+@/g;
const AUTHORIZATION = /\b(Bearer|Basic)(\s+|%20|\+)[\w.~+/%-]+=*/gi;

export interface Redactor {
  /** `text` without the secrets. */
  readonly redact: (text: string) => string;
  /** The first `length` characters of `text` without the secrets; a secret that the cut divides is taken out whole. */
  readonly excerpt: (text: string, length: number) => string;
  /**
   * The same value without secrets in its strings; keys stay. Ids and states stand in values, so short secrets, which cannot be told
   * from words and numbers, are left: a password `payment` must not unmake the effects of that name.
   */
  readonly redactValue: <Value extends Json>(value: Value) => Value;
}

/** Knows the given secrets raw, percent-encoded, in base64, and escaped as in JSON and HTML. Empty ones are no secrets. */
export function redactorOf(secrets: readonly string[]): Redactor {
  const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))];
  // The longest first, so that no form leaves the rest of a longer one behind.
  forms.sort((a, b) => b.length - a.length);
  const known = matcherOf(forms);
  const sure = matcherOf(forms.filter((form) => form.length >= SURE_LENGTH));
  const longest = forms[0]?.length ?? 0;
  const redact = (text: string) => without(known, text);
  return {
    redact,
    excerpt: (text, length) => {
      const head = text.slice(0, length + longest);
      return redact(head.slice(0, uncutEnd(head, length, known)));
    },
    redactValue: (value) => redactStrings(value, (text) => without(sure, text)) as typeof value,
  };
}

/** `null` when there is nothing to find. */
function matcherOf(forms: readonly string[]): RegExp | null {
  return forms.length === 0 ? null : new RegExp(forms.map(patternOf).join('|'), 'g');
}

function without(secrets: RegExp | null, text: string): string {
  const rest = secrets === null ? text : text.replace(secrets, REDACTED);
  return rest.replace(USERINFO, `$1${REDACTED}@`).replace(AUTHORIZATION, `$1$2${REDACTED}`);
}

/** Where to cut, not before `length`, so that no match is divided. */
function uncutEnd(text: string, length: number, known: RegExp | null): number {
  if (known === null) return length;
  const ends = Array.from(text.matchAll(known), (match) => [match.index, match.index + match[0].length] as const);
  return ends.find(([start, end]) => start < length && end > length)?.[1] ?? length;
}

function redactStrings(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each: Json) => redactStrings(each, redact));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redactStrings(each, redact)]));
}

function formsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  // What encodeURIComponent leaves as it is, and others do not.
  const strict = percent.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const encoded = [percent, strict, encodeURI(secret)].flatMap((form) => [form, form.replace(/%20/g, '+')]);
  const inBase64 = base64(secret);
  const unpadded = inBase64.replace(/=+$/, '');
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    ...encoded,
    ...encoded.map((form) => form.replace(/%../g, (code) => code.toLowerCase())),
    inBase64,
    encodeURIComponent(inBase64),
    unpadded,
    unpadded.replace(/\+/g, '-').replace(/\//g, '_'),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
  ];
}

function patternOf(form: string): string {
  const literal = form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return form.length >= SURE_LENGTH ? literal : `(?<![\\w-])${literal}(?![\\w-])`;
}
