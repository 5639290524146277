// A platform on Kubernetes and the faults that can be made on it, found from its target file.

import { resolve } from 'node:path';
import { readTargetFile } from '../../lib/config/target-file.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { kubernetesFaultNamed } from '../kubernetes/faults/all-faults.ts';
import { type KubernetesSystem, openKubernetes } from '../kubernetes/system.ts';
import type { Scene } from './scene.ts';

export interface KubernetesScene extends Scene {
  readonly system: KubernetesSystem;
}

/** StampedeError 64 when the file says nothing of Kubernetes; 64 or 69 as `openKubernetes`. */
export async function kubernetesScene(targetFile: string): Promise<KubernetesScene> {
  const target = readTargetFile(targetFile);
  const { kubernetes } = target;
  if (kubernetes === undefined) {
    throw new StampedeError(`${targetFile} says nothing of "kubernetes", so nobody knows how to break ${target.name}`, {
      exitCode: EXIT.usage,
      hint: 'See "kubernetes" in docs/targets.md.',
    });
  }
  const system = await openKubernetes({ ...target, kubernetes }, resolve(targetFile));
  return { system, faultNamed: kubernetesFaultNamed };
}
