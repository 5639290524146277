// Who may speak to the API server: a token per part of the cluster, and the kubeconfig files that hold them.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from '../instance.ts';
import { writeJson } from '../plan.ts';
import { type ClusterAddresses, PORTS } from './address-plan.ts';
import { clusterCertificates } from './certificates.ts';
import { clusterFiles } from './cluster-instance.ts';
import { NODE_NAME } from './node/node-name.ts';

/** User and groups of each; the names are those that Kubernetes gives rights to by itself. */
const USERS = {
  admin: { user: 'stampede-admin', groups: ['system:masters'] },
  'kube-controller-manager': { user: 'system:kube-controller-manager', groups: [] },
  'kube-scheduler': { user: 'system:kube-scheduler', groups: [] },
  'kube-proxy': { user: 'system:kube-proxy', groups: [] },
  kubelet: { user: `system:node:${NODE_NAME}`, groups: ['system:nodes'] },
  dns: { user: 'stampede-dns', groups: [] },
  'chaos-mesh': { user: 'stampede-chaos-mesh', groups: ['system:masters'] },
} as const;
export type ClusterUser = keyof typeof USERS;

/** Name of the one context in every kubeconfig of an instance. */
export function contextName(instance: Instance): string {
  return `stampede-${instance.name}`;
}

export function tokenFile(instance: Instance): string {
  return join(instance.secrets, 'tokens.csv');
}

export function kubeconfigFile(instance: Instance, user: ClusterUser): string {
  return user === 'admin' ? clusterFiles(instance).adminKubeconfig : join(instance.secrets, `${user}.kubeconfig`);
}

/** Makes all tokens anew. The certificates must be there. */
export async function writeCredentials(instance: Instance, addresses: ClusterAddresses): Promise<void> {
  const lines: string[] = [];
  for (const [name, { user, groups }] of Object.entries(USERS)) {
    const token = randomBytes(24).toString('hex');
    lines.push(`${token},${user},${name},"${groups.join(',')}"`);
    await writeKubeconfig(instance, addresses, kubeconfigFile(instance, name as ClusterUser), token);
  }
  await writeFile(tokenFile(instance), `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** A kubeconfig with one context, in JSON, which is YAML as well. Only its owner may read it. */
export async function writeKubeconfig(
  instance: Instance,
  addresses: ClusterAddresses,
  path: string,
  token: string,
  namespace?: string,
): Promise<void> {
  const name = contextName(instance);
  const authority = readFileSync(clusterCertificates(instance).authority.cert).toString('base64');
  await writeJson(path, {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: { server: `https://${addresses.node}:${PORTS.api}`, 'certificate-authority-data': authority },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, ...(namespace !== undefined && { namespace }) } }],
    'current-context': name,
  });
}
