// What is wrong with a file that people write, in plain words: where, what was expected, what stands there. Never the value where a secret belongs.

import type { AnySchemaObject, ErrorObject } from 'ajv';
import { didYouMean } from './did-you-mean.ts';
import { redactorOf } from './redact.ts';

const SHOWN_LENGTH = 60;
const WHOLE = 'the file';
/** An error of one of several ways in which a value may be: the error of the value itself says what it may be. */
const OF_ONE_WAY = /\/(anyOf|oneOf)\/\d+\//;
/** Userinfo of URLs goes even where nobody expects a secret. */
const { excerpt } = redactorOf([]);

/** One line per mistake, from the errors of a validator with `verbose` and `allErrors`. `root`: where the value stands that was validated. */
export function complaintsOf(errors: readonly ErrorObject[], root = ''): string[] {
  return [...new Set(errors.filter(saysWhatIsWrong).map((error) => describe(error, root)))];
}

function saysWhatIsWrong({ propertyName, keyword, schemaPath }: ErrorObject): boolean {
  return (
    (propertyName === undefined || keyword === 'propertyNames') && keyword !== 'if' && !OF_ONE_WAY.test(schemaPath)
  );
}

function describe(error: ErrorObject, root: string): string {
  const { params, keyword } = error;
  const schema = error.parentSchema as AnySchemaObject;
  const place = placeOf(error.instancePath, root);
  if (keyword === 'additionalProperties') return unknownKey(place, params.additionalProperty, schema);
  if (keyword === 'required') return `${within(place, params.missingProperty)} is missing`;
  if (keyword === 'dependencies') {
    return `${within(place, params.property)} needs ${within(place, params.missingProperty)} beside it`;
  }
  if (keyword === 'propertyNames') {
    return `${place} must not set "${params.propertyName}": expected is ${schema.propertyNames.expected}`;
  }
  return `${place || WHOLE} must be ${expectedBy(schema)}${shown(error.data, schema)}`;
}

/** What a schema does not say in words of its own is read from it. */
function expectedBy({ expected, enum: values, type, minimum, maximum }: AnySchemaObject): string {
  if (typeof expected === 'string') return expected;
  if (Array.isArray(values)) return `one of ${values.join(', ')}`;
  switch (type) {
    case 'array':
      return 'a list: […]';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number from ${minimum} to ${maximum}`;
    case 'string':
      return 'a name';
    default:
      return 'an object: {…}';
  }
}

function unknownKey(place: string, key: string, { properties = {} }: AnySchemaObject): string {
  return `${place || WHOLE} has an unknown key "${key}": ${didYouMean(key, Object.keys(properties))}`;
}

function shown(value: unknown, { secret }: AnySchemaObject): string {
  if (secret === true) return '';
  if (value !== null && typeof value === 'object') return `, not ${Array.isArray(value) ? 'a list' : 'an object'}`;
  return `, not ${excerpt(JSON.stringify(value), SHOWN_LENGTH)}`;
}

/** `/broker/queues/0` → `broker.queues[0]`. */
function placeOf(pointer: string, root: string): string {
  const keys = pointer.split('/').slice(1);
  return keys.reduce((place, key) => within(place, key.replaceAll('~1', '/').replaceAll('~0', '~')), root);
}

function within(place: string, key: string): string {
  if (/^\d+$/.test(key)) return `${place}[${key}]`;
  return place === '' ? key : `${place}.${key}`;
}
