// Writes the kubeconfig with which the suite works on the platform: the least rights (manifests/suite-rights.yaml).

import { CoreV1Api } from '@kubernetes/client-node';
import { clusterFiles } from '../cluster-instance.ts';
import { writeKubeconfig } from '../credentials.ts';
import type { RunningCluster } from '../start-cluster.ts';
import { PLATFORM_NAMESPACE } from './platform-names.ts';

const SERVICE_ACCOUNT = 'stampede';
/** Longer than a throwaway cluster lives. */
const TOKEN_SECONDS = 30 * 24 * 3600;

export async function writeSuiteKubeconfig({ client, instance, plan }: RunningCluster): Promise<void> {
  const core = client.config.makeApiClient(CoreV1Api);
  const request = await core.createNamespacedServiceAccountToken({
    name: SERVICE_ACCOUNT,
    namespace: PLATFORM_NAMESPACE,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: [], expirationSeconds: TOKEN_SECONDS },
    },
  });
  const token = request.status?.token;
  if (token === undefined) throw new Error(`the API server gave no token for the service account ${SERVICE_ACCOUNT}`);
  await writeKubeconfig(instance, plan.addresses, clusterFiles(instance).suiteKubeconfig, token, PLATFORM_NAMESPACE);
}
