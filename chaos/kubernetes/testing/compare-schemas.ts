// What of a schema of ours does not stand in the schema that decides.

import type { JsonSchema } from './crd-schemas.ts';

/** Empty when every field of ours is there with the same type, and every field that is required there is required here. */
export function differences(ours: object, theirs: object): readonly string[] {
  return compared(ours, theirs, '');
}

function compared(ours: JsonSchema, theirs: JsonSchema, place: string): readonly string[] {
  const required = (theirs.required ?? []).filter((name) => !ours.required?.includes(name));
  const isObject = ours.properties !== undefined;
  return [
    ...(typeOf(ours) === typeOf(theirs) ? [] : [`${place} is ${typeOf(theirs)}, not ${typeOf(ours)}`]),
    ...unknownValues(ours, theirs, place),
    ...(isObject ? required.map((name) => `${place}.${name} is required`) : []),
    ...Object.entries(ours.properties ?? {}).flatMap(([name, schema]) =>
      field(schema, theirs, `${place}.${name}`, name),
    ),
    ...nested(ours.items, theirs.items, `${place}[]`),
    ...nested(valuesOf(ours), valuesOf(theirs), `${place}.*`),
  ];
}

function field(schema: JsonSchema, { properties = {} }: JsonSchema, place: string, name: string): readonly string[] {
  const there = properties[name];
  return there === undefined ? [`${place} is not there`] : compared(schema, there, place);
}

function nested(ours: JsonSchema | undefined, theirs: JsonSchema | undefined, place: string): readonly string[] {
  if (ours === undefined) return [];
  return theirs === undefined ? [`${place} is not there`] : compared(ours, theirs, place);
}

/** A text that must be one of some is still a text. */
function typeOf({ type, enum: values }: JsonSchema): string | undefined {
  return type ?? (values?.every((value) => typeof value === 'string') ? 'string' : undefined);
}

function unknownValues(ours: JsonSchema, theirs: JsonSchema, place: string): readonly string[] {
  if (ours.enum === undefined || theirs.enum === undefined) return [];
  return ours.enum.filter((value) => !theirs.enum?.includes(value)).map((value) => `${place} cannot be ${value}`);
}

/** Of an object that is a map. */
function valuesOf({ patternProperties, additionalProperties }: JsonSchema): JsonSchema | undefined {
  const [pattern] = Object.values(patternProperties ?? {});
  return pattern ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}
