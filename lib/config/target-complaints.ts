// What is wrong with a target file, in plain words: where, what was expected, what stands there. Never the value where a secret belongs.

import type { AnySchemaObject, ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import { redactorOf } from './redact.ts';

/** An unknown key is taken for a mistyped one when so many letters, at most, are wrong. */
const MISTYPED_LETTERS = 3;
const SHOWN_LENGTH = 60;
/** Userinfo of URLs goes even where nobody expects a secret. */
const { excerpt } = redactorOf([]);

/** One line per mistake, from the errors of a validator with `verbose` and `allErrors`. */
export function complaintsOf(errors: readonly ErrorObject[]): string[] {
  return [
    ...new Set(
      errors.filter((error) => error.propertyName === undefined || error.keyword === 'propertyNames').map(describe),
    ),
  ];
}

function describe(error: ErrorObject): string {
  const { params, keyword } = error;
  const schema = error.parentSchema as AnySchemaObject;
  const place = placeOf(error.instancePath);
  if (keyword === 'additionalProperties') return unknownKey(place, params.additionalProperty, schema);
  if (keyword === 'required') return `${within(place, params.missingProperty)} is missing`;
  if (keyword === 'dependencies') {
    return `${within(place, params.property)} needs ${within(place, params.missingProperty)} beside it`;
  }
  if (keyword === 'propertyNames') {
    return `${place} must not set "${params.propertyName}": expected is ${schema.propertyNames.expected}`;
  }
  return `${place || 'the file'} must be ${expectedBy(schema)}${shown(error.data, schema)}`;
}

function expectedBy(schema: AnySchemaObject): string {
  if (typeof schema.expected === 'string') return schema.expected;
  return schema.type === 'array' ? 'a list: […]' : 'an object: {…}';
}

function unknownKey(place: string, key: string, { properties = {} }: AnySchemaObject): string {
  const known = Object.keys(properties);
  const meant = closest(key, known);
  const near = distance(key.toLowerCase(), meant.toLowerCase()) <= Math.min(MISTYPED_LETTERS, meant.length - 1);
  const advice = near ? `did you mean "${meant}"?` : `known are ${known.join(', ')}`;
  return `${place === '' ? 'the file' : place} has an unknown key "${key}": ${advice}`;
}

function shown(value: unknown, { secret }: AnySchemaObject): string {
  if (secret === true) return '';
  if (value !== null && typeof value === 'object') return `, not ${Array.isArray(value) ? 'a list' : 'an object'}`;
  return `, not ${excerpt(JSON.stringify(value), SHOWN_LENGTH)}`;
}

/** `/broker/queues/0` → `broker.queues[0]`. */
function placeOf(pointer: string): string {
  const keys = pointer.split('/').slice(1);
  return keys.reduce((place, key) => within(place, key.replaceAll('~1', '/').replaceAll('~0', '~')), '');
}

function within(place: string, key: string): string {
  if (/^\d+$/.test(key)) return `${place}[${key}]`;
  return place === '' ? key : `${place}.${key}`;
}
