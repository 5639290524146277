// The kinds of objects that Chaos Mesh brings (its CRDs), as its Go module ships them, with what its own parts need and lack.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadYaml, type V1CustomResourceDefinition, type V1JSONSchemaProps } from '@kubernetes/client-node';

/** Folder of the CRDs within the module. */
const BASES = 'config/crd/bases';

/** All of them, ready to be applied. `module`: the folder of the Go module github.com/chaos-mesh/chaos-mesh. */
export async function chaosMeshKinds(module: string): Promise<readonly V1CustomResourceDefinition[]> {
  const folder = join(module, BASES);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(files.map(async (name) => completed(loadYaml(await readFile(join(folder, name), 'utf8')))));
}

/**
 * The controllers fill in `partitionBehavior` of every network fault. In the pinned version the CRDs do not know it yet, so the API server
 * drops it, and every later update is refused as a change of the specification.
 */
export function completed(kind: V1CustomResourceDefinition): V1CustomResourceDefinition {
  for (const { schema } of kind.spec.versions) complete(schema?.openAPIV3Schema ?? {});
  return kind;
}

function complete({ properties, items }: V1JSONSchemaProps): void {
  if (properties?.direction && properties.externalTargets && properties.targetDevice) {
    properties.partitionBehavior ??= { type: 'string', _enum: ['drop', 'reject'] };
  }
  for (const each of [...Object.values(properties ?? {}), ...(items ? [items] : [])]) complete(each);
}
