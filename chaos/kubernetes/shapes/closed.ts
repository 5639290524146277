// Shapes of Chaos Mesh's objects: one text gives the TypeScript type and the JSON Schema that a test holds against the CRDs.

import Type from 'typebox';

/** An object without any other properties: what is mistyped is refused before the API server would drop it. */
export function closed<P extends Type.TProperties>(properties: P): Type.TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

export const texts = Type.Array(Type.String());
export const textMap = Type.Record(Type.String(), Type.String());
/** As Go writes it: `1.5s`, `20s`, `5m`. */
export const duration = Type.String({ pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$' });
