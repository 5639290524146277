// The CRDs of the Chaos Mesh that this client was made for, as its Go module brings them: never copied into the repository.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const CHAOS_MESH = 'github.com/chaos-mesh/chaos-mesh@v0.9.1-0.20260902003049-47411975a8cb';

export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
}

export interface Crd {
  readonly kind: string;
  readonly plural: string;
  readonly group: string;
  readonly version: string;
  readonly spec: JsonSchema;
  readonly status: JsonSchema;
}

/** By kind. Downloads the module when it is not in Go's cache yet. */
export function chaosMeshCrds(): ReadonlyMap<string, Crd> {
  const folder = join(moduleFolder(), 'config/crd/bases');
  const crds = readdirSync(folder).map((file) => crdOf(readFileSync(join(folder, file), 'utf8')));
  return new Map(crds.map((crd) => [crd.kind, crd]));
}

function moduleFolder(): string {
  const output = execFileSync('go', ['mod', 'download', '-json', CHAOS_MESH], {
    encoding: 'utf8',
    cwd: '/',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  return (JSON.parse(output) as { readonly Dir: string }).Dir;
}

function crdOf(text: string): Crd {
  const { spec } = parse(text);
  const [version] = spec.versions;
  const { properties } = version.schema.openAPIV3Schema;
  const { kind, plural } = spec.names;
  return { kind, plural, group: spec.group, version: version.name, spec: properties.spec, status: properties.status };
}
