// The configuration of containerd, as text: everything of it lies in the folder of the instance.

import { join } from 'node:path';
import type { Instance } from '../../instance.ts';
import { type ClusterAddresses, PORTS } from '../address-plan.ts';
import { clusterFiles } from '../cluster-instance.ts';

/** Where Debian's package has the programs of CNI. */
const CNI_PROGRAMS = '/usr/lib/cni';
const CRI = 'plugins."io.containerd.grpc.v1.cri"';

export interface ContainerdSettings {
  readonly addresses: ClusterAddresses;
  readonly cniFolder: string;
  /** The image that holds the namespaces of a pod. */
  readonly pause: string;
}

export function containerdConfig(instance: Instance, { addresses, cniFolder, pause }: ContainerdSettings): string {
  return [
    'version = 2',
    `root = "${join(instance.data, 'containerd')}"`,
    `state = "${join(instance.data, 'containerd-state')}"`,
    'disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]',
    '[grpc]',
    `  address = "${clusterFiles(instance).containerdSocket}"`,
    '[metrics]',
    `  address = "${addresses.node}:${PORTS.containerdMetrics}"`,
    '[plugins."io.containerd.internal.v1.opt"]',
    `  path = "${join(instance.data, 'containerd-opt')}"`,
    `[${CRI}]`,
    `  sandbox_image = "${pause}"`,
    // Who may not lower it would otherwise be refused to start at all.
    '  restrict_oom_score_adj = true',
    '  netns_mounts_under_state_dir = true',
    '  tolerate_missing_hugetlb_controller = true',
    `[${CRI}.cni]`,
    `  bin_dir = "${CNI_PROGRAMS}"`,
    `  conf_dir = "${cniFolder}"`,
    `[${CRI}.containerd.runtimes.runc]`,
    '  runtime_type = "io.containerd.runc.v2"',
    '',
  ].join('\n');
}
