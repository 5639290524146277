// Finds a target, and the faults for it, from where it is: for a process that knows nothing else.

import { embeddedScene } from './embedded-scene.ts';
import type { Whereabouts } from './ground.ts';
import type { Scene } from './scene.ts';

/** Rejects when the target is not there, or cannot be reached. */
export async function findScene({ kind, place }: Whereabouts): Promise<Scene> {
  if (kind === 'embedded') return embeddedScene(place);
  // Its client takes most of a second and 40 MB: only for those who need it.
  const { kubernetesScene } = await import('./kubernetes-scene.ts');
  return kubernetesScene(place);
}
