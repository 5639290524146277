// The files of a cluster beside those that every instance has.

import { join } from 'node:path';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { type Instance, instanceOf } from '../instance.ts';

/** Folders of the machine that the node sees as its own copy; see node/enter-node.sh. */
const HIDDEN = ['/var/lib/', '/var/log/', '/run/'];

export interface ClusterFiles {
  readonly certificates: string;
  /** Kubeconfig of the cluster's administrator. */
  readonly adminKubeconfig: string;
  /** Kubeconfig with the least rights, for the suite. */
  readonly suiteKubeconfig: string;
  readonly containerdSocket: string;
  /** What programs of the node find in /usr/local/bin. */
  readonly bin: string;
  /** Data of the platform that outlive its pods. */
  readonly volumes: string;
  /** Is there when `cluster up` has come to its end. */
  readonly complete: string;
}

/** The cluster of this name, or the clone's own. Throws a usage error for a name or a place that cannot be. */
export function clusterInstance(name?: string): Instance {
  const instance = instanceOf(name, process.env, 'cluster');
  const hidden = HIDDEN.find((folder) => instance.folder.startsWith(folder));
  if (hidden === undefined) return instance;
  throw new StampedeError(`a cluster cannot have its files below ${hidden}, which its node has for itself`, {
    exitCode: EXIT.usage,
    hint: 'Set STAMPEDE_HOME to another folder.',
  });
}

export function clusterFiles(instance: Instance): ClusterFiles {
  return {
    certificates: join(instance.secrets, 'certificates'),
    adminKubeconfig: join(instance.folder, 'kubeconfig-admin.json'),
    suiteKubeconfig: join(instance.folder, 'kubeconfig.json'),
    containerdSocket: join(instance.folder, 'containerd.sock'),
    bin: join(instance.configuration, 'bin'),
    volumes: join(instance.data, 'volumes'),
    complete: join(instance.folder, 'complete'),
  };
}
