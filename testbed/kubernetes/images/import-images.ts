// Gives images from files to the cluster's containerd. There is no registry.

import type { Instance } from '../../instance.ts';
import { runCommand } from '../../processes/run-command.ts';
import { clusterFiles } from '../cluster-instance.ts';

/** `archives`: paths of files as `docker save` writes them. One after the other: unpacking is bound by the disk. */
export async function importImages(
  instance: Instance,
  archives: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const archive of archives) {
    const client = ['ctr', '--address', clusterFiles(instance).containerdSocket, '--namespace', 'k8s.io'];
    await runCommand([...client, 'images', 'import', archive], { environment: process.env, signal });
  }
}
