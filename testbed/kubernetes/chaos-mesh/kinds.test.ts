import type { V1CustomResourceDefinition } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { completed } from './kinds.ts';

const text = { type: 'string' };

it('a network fault keeps the behaviour of its partition, also within a schedule, and nothing else is changed', () => {
  const fault = () => ({ properties: { direction: text, externalTargets: { items: text }, targetDevice: text } });
  const schema = {
    properties: { spec: { properties: { other: text, networkChaos: fault(), list: { items: fault() } } } },
  };
  const kind = {
    spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] },
  } as unknown as V1CustomResourceDefinition;
  const [version] = completed(kind).spec.versions;
  const partitionBehavior = { type: 'string', _enum: ['drop', 'reject'] };
  const complete = { properties: { ...fault().properties, partitionBehavior } };
  expect(version?.schema?.openAPIV3Schema).toEqual({
    properties: { spec: { properties: { other: text, networkChaos: complete, list: { items: complete } } } },
  });
});

it('a kind that knows the behaviour by itself keeps its own', () => {
  const own = { type: 'string', _enum: ['drop', 'reject', 'later'] };
  const properties = { direction: text, externalTargets: text, targetDevice: text, partitionBehavior: own };
  const kind = { spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: { properties } } }] } };
  const [version] = completed(kind as unknown as V1CustomResourceDefinition).spec.versions;
  expect(version?.schema?.openAPIV3Schema?.properties?.partitionBehavior).toEqual(own);
});
