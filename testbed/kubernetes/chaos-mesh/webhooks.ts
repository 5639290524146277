// The webhooks of Chaos Mesh: they fill in what an object leaves out and refuse what makes no sense, in words.

import { readFile } from 'node:fs/promises';
import type {
  V1CustomResourceDefinition,
  V1MutatingWebhookConfiguration,
  V1ValidatingWebhookConfiguration,
} from '@kubernetes/client-node';
import type { Instance } from '../../instance.ts';
import { type ClusterAddresses, PORTS } from '../address-plan.ts';
import { clusterCertificates } from '../certificates.ts';

/** Written by its controllers alone, which have no webhooks for them. */
const INTERNAL = ['PodHttpChaos', 'PodIOChaos', 'PodNetworkChaos', 'WorkflowNode'];

/** For every kind that people write. The API server calls the controllers by address: they are processes, not pods. */
export async function chaosMeshWebhooks(
  instance: Instance,
  { node }: ClusterAddresses,
  kinds: readonly V1CustomResourceDefinition[],
): Promise<readonly [V1MutatingWebhookConfiguration, V1ValidatingWebhookConfiguration]> {
  const caBundle = (await readFile(clusterCertificates(instance).authority.cert)).toString('base64');
  const webhooks = (verb: 'mutate' | 'validate') =>
    kinds
      .filter(({ spec }) => !INTERNAL.includes(spec.names.kind))
      .map(({ spec: { group, names, versions } }) => {
        const kind = names.kind.toLowerCase();
        const path = `${verb}-${group.replaceAll('.', '-')}-v1alpha1-${kind}`;
        return {
          name: `${verb}.${kind}.kb.io`,
          clientConfig: { url: `https://${node}:${PORTS.chaosWebhook}/${path}`, caBundle },
          rules: [
            {
              apiGroups: [group],
              apiVersions: versions.map(({ name }) => name),
              operations: ['CREATE', 'UPDATE'],
              resources: [names.plural],
            },
          ],
          failurePolicy: 'Fail',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          timeoutSeconds: 5,
        };
      });
  const named = (kind: string) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'chaos-mesh' },
  });
  return [
    { ...named('MutatingWebhookConfiguration'), webhooks: webhooks('mutate') },
    { ...named('ValidatingWebhookConfiguration'), webhooks: webhooks('validate') },
  ];
}
