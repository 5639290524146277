// Sees to it that all of which a cluster is made is on the machine: packages, programs built from Go modules, images.

import type { ClusterUpOptions } from '../../testbed/kubernetes/kubernetes.ts';
import { ensureChaosMeshModule, ensureClusterPrograms } from './ensure-cluster-programs.ts';
import { ensurePauseImage, ensurePlatformImages } from './ensure-images.ts';
import { ensureSystemPackages } from './ensure-system-packages.ts';

type Made = Pick<ClusterUpOptions, 'programs' | 'chaosMeshModule' | 'pauseImage' | 'platform'>;

/** Returns when a cluster can be started; builds what is missing, with progress on standard error. Throws StampedeError 69 with what to do. */
export async function ensureCluster({ platform }: { readonly platform: boolean }): Promise<Made> {
  await ensureSystemPackages(['kubernetes']);
  const programs = await ensureClusterPrograms();
  const chaosMeshModule = await ensureChaosMeshModule();
  const pauseImage = await ensurePauseImage();
  return { programs, chaosMeshModule, pauseImage, ...(platform && { platform: await ensurePlatformImages() }) };
}
