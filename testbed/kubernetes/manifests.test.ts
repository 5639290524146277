import { readdirSync } from 'node:fs';
import type { KubernetesObject, V1Deployment, V1Role, V1Service, V1StatefulSet } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from './client/read-manifest.ts';
import * as images from './images/image-names.ts';
import { outsideServices } from './platform/outside-services.ts';
import { BROKER_PODS, BROKER_WORKLOAD, PLATFORM_NAMESPACE } from './platform/platform-names.ts';
import { migrationJob, serviceConfiguration, serviceObjects } from './platform/services.ts';

const CLUSTER_WIDE = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];

let all: readonly KubernetesObject[];
beforeAll(async () => {
  const files = readdirSync(new URL('manifests/', import.meta.url));
  const read = await Promise.all(files.map(readManifest));
  all = [...read.flat(), ...serviceObjects(), ...outsideServices(), serviceConfiguration('i'), migrationJob()];
});

const ofKind = <T extends KubernetesObject>(kind: string) => all.filter((each) => each.kind === kind) as T[];
const workloads = () => [...ofKind<V1StatefulSet>('StatefulSet'), ...ofKind<V1Deployment>('Deployment')];

describe('the platform on Kubernetes', () => {
  it('lies in its namespace as a whole', () => {
    const elsewhere = all.filter(({ kind = '' }) => !CLUSTER_WIDE.includes(kind));
    expect(elsewhere.filter(({ metadata }) => metadata?.namespace !== PLATFORM_NAMESPACE)).toEqual([]);
    expect(elsewhere.length).toBeGreaterThan(20);
  });

  it('is made of local images that are never pulled', () => {
    const containers = workloads().flatMap(({ spec }) => spec?.template.spec?.containers ?? []);
    expect(containers.filter(({ imagePullPolicy }) => imagePullPolicy !== 'Never')).toEqual([]);
    const known: readonly string[] = Object.values(images);
    expect(containers.map(({ image }) => image).filter((image) => !known.includes(image ?? ''))).toEqual([]);
  });

  it('has for each workload a readiness that opens its door and a liveness that is slower to judge', () => {
    const probes = workloads().flatMap(({ spec }) => spec?.template.spec?.containers ?? []);
    for (const { readinessProbe, livenessProbe } of probes) {
      const waits = (probe = readinessProbe) => (probe?.periodSeconds ?? 0) * (probe?.failureThreshold ?? 3);
      expect(waits(readinessProbe)).toBeGreaterThan(0);
      expect(waits(livenessProbe)).toBeGreaterThanOrEqual(3 * waits(readinessProbe));
    }
  });

  it('does not restart a broker node for having paused itself: its liveness asks for more than its clients’ port', () => {
    const broker = workloads().find(({ metadata }) => metadata?.name === `${BROKER_WORKLOAD}-server`);
    const [container] = broker?.spec?.template.spec?.containers ?? [];
    expect(container?.readinessProbe?.tcpSocket?.port).toBe('amqp');
    expect(container?.livenessProbe?.tcpSocket?.port).toBe('cluster-rpc');
  });

  it('labels broker pods as the operator does', () => {
    const broker = workloads().find(({ metadata }) => metadata?.name === `${BROKER_WORKLOAD}-server`);
    expect(broker?.spec?.template.metadata?.labels).toEqual({
      'app.kubernetes.io/name': BROKER_WORKLOAD,
      'app.kubernetes.io/component': 'rabbitmq',
      'app.kubernetes.io/part-of': 'rabbitmq',
    });
    expect(broker?.spec?.replicas).toBe(BROKER_PODS.length);
  });

  it('is reached from outside at ports that no two parts share', () => {
    const ports = outsideServices().flatMap((each) => (each as V1Service).spec?.ports?.map(({ nodePort }) => nodePort));
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports).toHaveLength(7);
  });
});

describe('the rights of the suite', () => {
  it('name every verb and every resource, write nothing but faults and leases, and reach one namespace', () => {
    const [role] = ofKind<V1Role>('Role');
    const rules = role?.rules ?? [];
    expect(JSON.stringify(rules)).not.toContain('*');
    const writing = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
    expect(writing.map(({ apiGroups }) => apiGroups?.[0]).sort()).toEqual(['chaos-mesh.org', 'coordination.k8s.io']);
    const beyond = ofKind<V1Role>('ClusterRole').find(({ metadata }) => metadata?.name === 'stampede-cluster-identity');
    expect(beyond?.rules).toEqual([
      { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
      { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
    ]);
  });
});
