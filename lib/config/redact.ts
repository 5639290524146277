// Takes secrets out of a text, in every form in which a target, a library or a log might repeat them. Runs in Node and in k6.

import type { Json } from '../model/history.ts';
import { base64 } from './base64.ts';

export const REDACTED = '[redacted]';

/** Shorter secrets are taken out of texts alone, and only as whole words: `guest` must not tear `guestbook` apart. */
const SURE_LENGTH = 8;

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

/**
 * Knows the given secrets raw, percent-encoded, in base64, and escaped as in JSON and HTML. Empty ones are no secrets. Searches text by
 * text instead of by one expression: each of a thousand virtual users has a redactor, and compiled expressions would take 100 MB and more.
 */
export function redactorOf(secrets: readonly string[]): Redactor {
  const forms = secrets.length === 0 ? [] : formsOfAll(secrets);
  const sure = forms.filter((form) => form.length >= SURE_LENGTH);
  const words = forms.filter((form) => form.length < SURE_LENGTH).map(asWord);
  const withoutSure = (text: string) => withoutUntold(sure.reduce(withoutForm, text));
  const redact = (text: string) => words.reduce((rest, word) => rest.replace(word, REDACTED), withoutSure(text));
  return {
    redact,
    excerpt: (text, length) => redact(text.slice(0, uncutEnd(text, length, forms))),
    redactValue: (value) => redactStrings(value, withoutSure) as typeof value,
  };
}

function withoutForm(text: string, form: string): string {
  return text.includes(form) ? text.split(form).join(REDACTED) : text;
}

/** Credentials that nobody told us of: in URLs, and behind the two words of an Authorization header. */
function withoutUntold(text: string): string {
  if (!mayHoldUntold(text)) return text;
  // Made here and not once: a thousand virtual users would each keep theirs, and hardly one ever needs them.
  const userinfo = /(:\/\/)[^/\s?#"'<>]+@/g;
  const authorization = /\b(Bearer|Basic)(\s+|%20|\+)[\w.~+/%-]+=*/gi;
  return text.replace(userinfo, `$1${REDACTED}@`).replace(authorization, `$1$2${REDACTED}`);
}

/** Spares the expressions for the texts that k6 writes with every order: ids and states. */
function mayHoldUntold(text: string): boolean {
  if (text.includes('://')) return true;
  const small = text.toLowerCase();
  return small.includes('bearer') || small.includes('basic');
}

/** Where to cut, not before `length`, so that no secret is divided. */
function uncutEnd(text: string, length: number, forms: readonly string[]): number {
  const ends = forms.map((form) => {
    const start = text.lastIndexOf(form, length - 1);
    return start === -1 ? length : start + form.length;
  });
  return Math.max(length, ...ends);
}

/** A value that holds no secret is given back itself: k6 asks for every answer, and copying costs ten times the search. */
function redactStrings(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value !== 'object') return value;
  const fields = value as { readonly [key: string]: Json };
  const keys = Object.keys(fields);
  for (let at = 0; at < keys.length; at += 1) {
    const each = fields[keys[at] as string] as Json;
    if (redactStrings(each, redact) !== each) return redactedCopy(value, redact);
  }
  return value;
}

function redactedCopy(value: object, redact: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map((each: Json) => redactStrings(each, redact));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redactStrings(each, redact)]));
}

function formsOfAll(secrets: readonly string[]): string[] {
  const forms = [...new Set(secrets.flatMap(partsOf).flatMap(formsOf))];
  // The longest first, so that no form leaves the rest of a longer one behind.
  return forms.sort((a, b) => b.length - a.length);
}

/** What of a secret is one by itself: its lines, the values of its cookies, and what stands behind the scheme of an Authorization header. */
function partsOf(secret: string): string[] {
  const parts = secret
    .split(/[\r\n;]+\s*/)
    .flatMap((part) => [part, part.replace(/^\w+\s+/, ''), part.replace(/^[\w-]+=/, '')]);
  return [...new Set([secret, ...parts.filter((part) => part.length >= SURE_LENGTH)])].filter((part) => part !== '');
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
    inJson.replace(/\//g, '\\/'),
    ...escapedIn(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
    secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    ...escapedIn(secret, (code) => `&#${code};`),
    ...escapedIn(secret, (code) => `&#x${code.toString(16)};`),
  ];
}

/** Everything but letters and digits, or beside it all that is not ASCII, as `write` has it; hexadecimal digits large and small. */
function escapedIn(secret: string, write: (code: number) => string): string[] {
  const signs = secret.replace(/[^A-Za-z0-9]/g, (sign) => write(sign.charCodeAt(0)));
  const unsafe = secret.replace(/[^\x20-\x7e]|[&<>"'+`]/g, (sign) => write(sign.charCodeAt(0)));
  const large = (text: string) =>
    text.replace(/(\\u|&#x)([0-9a-f]+)/g, (_, mark, digits) => mark + digits.toUpperCase());
  return [signs, unsafe, large(signs), large(unsafe)];
}

/** Finds a short secret where it stands as a whole word. */
function asWord(form: string): RegExp {
  return new RegExp(`(?<![\\w-])${form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w-])`, 'g');
}
