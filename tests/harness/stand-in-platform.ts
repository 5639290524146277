// Parts of a platform that do nothing, in a namespace of their own on a real cluster, with the suite's own rights: enough for faults to strike.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  loadAllYaml,
  RbacAuthorizationV1Api,
} from '@kubernetes/client-node';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { ROOT } from './stampede.ts';

const RIGHTS = join(ROOT, 'testbed/kubernetes/manifests/suite-rights.yaml');
/** As the rights name it; another one stands in its place. */
const PLATFORM_NAMESPACE = 'order-platform';
/** The image that `pod-failure` puts in the place of others, and the same under another name: or nothing would change. */
const PAUSE_IMAGE = 'stampede.local/pause:1';
const IMAGE = 'stampede.local/stand-in:1';
const PARTS = ['payments', 'orders-api'] as const;
const NAME_LABEL = 'app.kubernetes.io/name';

export interface StandIn {
  readonly namespace: string;
  /** Of the administrator. */
  readonly core: CoreV1Api;
  readonly custom: CustomObjectsApi;
  readonly rbac: RbacAuthorizationV1Api;
  /** Writes a target file that differs from the right one in some fields of its section `kubernetes`. */
  readonly targetFile: (kubernetes?: Record<string, unknown>) => string;
  /** New pods, which no strike has taught Kubernetes to restart later and later. */
  readonly renewPods: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

interface ClusterFiles {
  readonly folder: string;
  readonly adminKubeconfig: string;
  readonly context: string;
}

/** Resolves when the pods of all parts are ready. */
export async function standInPlatform({ folder, adminKubeconfig, context }: ClusterFiles): Promise<StandIn> {
  const images = ['--address', join(folder, 'containerd.sock'), '--namespace', 'k8s.io', 'images'];
  execFileSync('ctr', [...images, 'tag', '--force', PAUSE_IMAGE, IMAGE], { stdio: 'pipe' });
  const config = new KubeConfig();
  config.loadFromFile(adminKubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const namespace = `stand-in-${process.pid}-${Date.now() % 100_000}`;
  const objects = KubernetesObjectApi.makeApiClient(config);
  await core.createNamespace({ body: { metadata: { name: namespace } } });
  for (const object of [...rightsIn(namespace), ...PARTS.map((part) => deployment(part, namespace))]) {
    await objects.create(object).catch((cause: { code?: number }) => {
      if (cause.code !== 409) throw cause;
      return objects.replace(object);
    });
  }
  const kubeconfig = await suiteKubeconfig(config, core, namespace, context);
  const clusterUid = (await core.readNamespace({ name: 'kube-system' })).metadata?.uid;
  const workloads = Object.fromEntries(PARTS.map((part) => [part, { [NAME_LABEL]: part }]));
  const right = { kubeconfig, context, clusterUid, namespace, workloads };
  await untilReady(core, namespace);
  return {
    namespace,
    core,
    custom: config.makeApiClient(CustomObjectsApi),
    rbac: config.makeApiClient(RbacAuthorizationV1Api),
    targetFile: (kubernetes = {}) => writeTarget({ ...right, ...kubernetes }),
    renewPods: async () => {
      await core.deleteCollectionNamespacedPod({ namespace });
      await untilReady(core, namespace);
    },
    remove: async () => void (await core.deleteNamespace({ name: namespace })),
  };
}

function rightsIn(namespace: string): readonly KubernetesObject[] {
  return loadAllYaml(readFileSync(RIGHTS, 'utf8').replaceAll(PLATFORM_NAMESPACE, namespace));
}

function deployment(name: string, namespace: string): KubernetesObject {
  const labels = { [NAME_LABEL]: name };
  const containers = [{ name: 'main', image: IMAGE, imagePullPolicy: 'Never' }];
  const spec = {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, containers } },
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec } as KubernetesObject;
}

/** The same cluster, with the token of the suite's service account. */
async function suiteKubeconfig(
  config: KubeConfig,
  core: CoreV1Api,
  namespace: string,
  context: string,
): Promise<string> {
  const body = { spec: { audiences: [], expirationSeconds: 3600 } };
  const { status } = await core.createNamespacedServiceAccountToken({ name: 'stampede', namespace, body });
  const cluster = config.getCurrentCluster();
  if (cluster === null || status === undefined) throw new Error('no cluster, or no token');
  const suite = new KubeConfig();
  suite.loadFromClusterAndUser(cluster, { name: 'stampede', token: status.token ?? '' });
  const [made] = suite.contexts;
  suite.contexts = [{ cluster: cluster.name, user: 'stampede', ...made, name: context }];
  suite.currentContext = '';
  const path = join(temporaryFolder(), 'kubeconfig.json');
  writeFileSync(path, suite.exportConfig(), { mode: 0o600 });
  return path;
}

function writeTarget(kubernetes: Record<string, unknown>): string {
  const path = join(temporaryFolder(), 'target.json');
  const baseUrls = { shopping: 'http://127.0.0.1:9', orders: 'http://127.0.0.1:9' };
  writeFileSync(path, JSON.stringify({ name: 'stand-in', flow: 'seed', http: { baseUrls }, kubernetes }));
  return path;
}

async function untilReady(core: CoreV1Api, namespace: string): Promise<void> {
  const endMs = performance.now() + 120_000;
  for (;;) {
    const { items } = await core.listNamespacedPod({ namespace });
    const whole = items.every(({ metadata }) => metadata?.deletionTimestamp === undefined);
    const ready = items.filter(({ status }) =>
      status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True'),
    );
    if (whole && ready.length === PARTS.length * 2) return;
    if (performance.now() > endMs) throw new Error(`${ready.length} pods of the stand-in are ready`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
