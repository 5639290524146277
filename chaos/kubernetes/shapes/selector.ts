// Whom a Chaos Mesh object strikes.

import Type from 'typebox';
import { closed, textMap, texts } from './closed.ts';

/** All that are given must match. An object without any of them would match every pod of its namespace: never make one. */
export const selectorShape = closed({
  namespaces: Type.Optional(texts),
  labelSelectors: Type.Optional(textMap),
  expressionSelectors: Type.Optional(
    Type.Array(closed({ key: Type.String(), operator: Type.String(), values: Type.Optional(texts) })),
  ),
  annotationSelectors: Type.Optional(textMap),
  fieldSelectors: Type.Optional(textMap),
  nodes: Type.Optional(texts),
  nodeSelectors: Type.Optional(textMap),
  /** Names of pods by namespace. */
  pods: Type.Optional(Type.Record(Type.String(), texts)),
  podPhaseSelectors: Type.Optional(texts),
});
export type Selector = Type.Static<typeof selectorShape>;

/** How many of the selected; `value` is wanted with the last three. */
export const modeShape = Type.Enum(['one', 'all', 'fixed', 'fixed-percent', 'random-max-percent']);

/** The part that every kind which strikes pods has. */
export const podSelection = { selector: selectorShape, mode: modeShape, value: Type.Optional(Type.String()) };
