// Reads the manifests that lie in manifests/: files of YAML with one object or several.

import { readFile } from 'node:fs/promises';
import { type KubernetesObject, loadAllYaml } from '@kubernetes/client-node';

/** The objects of a file in manifests/, in its order. */
export async function readManifest(name: string): Promise<readonly KubernetesObject[]> {
  return loadAllYaml(await readFile(new URL(`../manifests/${name}`, import.meta.url), 'utf8'));
}
