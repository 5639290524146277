// Builds a cluster step by step: ground, control plane beside the node's containers, node, Chaos Mesh.

import type { V1Node } from '@kubernetes/client-node';
import { type Progress, step } from '../../lib/machine/progress.ts';
import { awaitReady, type Waiting } from '../await-ready.ts';
import type { Instance } from '../instance.ts';
import { controlProcess } from '../supervisor/control-client.ts';
import { installKinds, introduceChaosMesh } from './chaos-mesh/install-chaos-mesh.ts';
import { chaosMeshKinds } from './chaos-mesh/kinds.ts';
import { ClusterClient } from './client/cluster-client.ts';
import { readManifest } from './client/read-manifest.ts';
import { clusterFiles } from './cluster-instance.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import { importImages } from './images/import-images.ts';
import { layClusterGround } from './lay-cluster-ground.ts';
import { NODE_NAME } from './node/node-name.ts';
import type { ClusterPrograms } from './programs.ts';

export interface ClusterSettings {
  readonly instance: Instance;
  readonly programs: ClusterPrograms;
  /** Folder of the Go module of Chaos Mesh, for its kinds. */
  readonly chaosMeshModule: string;
  /** The file of the image that holds the namespaces of every pod. */
  readonly pauseImage: string;
  /** Files of all other images. */
  readonly images: readonly string[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Is told what is being waited for. */
  readonly waiting: Waiting;
}

export interface RunningCluster extends ClusterSettings {
  readonly plan: ClusterPlan;
  /** With all rights. */
  readonly client: ClusterClient;
  /** Resolves when all images are there; they are unpacked while Kubernetes comes up. */
  readonly imagesThere: Promise<void>;
}

/** Resolves when node and Chaos Mesh are ready. Leaves whatever it has made when it rejects: removing it is the caller's part. */
export async function startCluster(settings: ClusterSettings): Promise<RunningCluster> {
  const { instance, programs, progress, signal, waiting } = settings;
  const waitingFor =
    (...names: readonly string[]) =>
    () =>
      waiting.textOf(names);
  const plan = await step(progress, 'network, certificates, configuration and supervisor', () =>
    layClusterGround(instance, programs, signal),
  );
  const start = startProcesses(settings, plan);
  await step(
    progress,
    'API server and containers',
    () => Promise.all([start('etcd').then(() => start('kube-apiserver')), startContainers(settings, start)]),
    waitingFor('etcd', 'kube-apiserver', 'containerd'),
  );
  const imagesThere = importImages(instance, settings.images, signal);
  // Who waits for it gets the failure; until then it is nobody's.
  imagesThere.catch(() => undefined);
  const client = new ClusterClient(clusterFiles(instance).adminKubeconfig);
  const cluster = { ...settings, plan, client, imagesThere };
  await cluster.client.apply(await readManifest('cluster.yaml'));
  const node = ['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'dns'];
  await step(
    progress,
    'controllers and node',
    () => start(...node).then(() => nodeReady(cluster)),
    waitingFor(...node, NODE_NAME),
  );
  const chaosMesh = ['chaos-controller-manager', 'chaos-daemon'];
  await step(
    progress,
    'Chaos Mesh',
    () => startChaosMesh(cluster, () => start(...chaosMesh)),
    waitingFor(...chaosMesh),
  );
  return cluster;
}

type Start = (...names: readonly string[]) => Promise<void>;

function startProcesses({ instance, signal, waiting }: ClusterSettings, plan: ClusterPlan): Start {
  return async (...names) => {
    for (const name of names) await controlProcess(instance, name, 'start');
    await awaitReady({ instance, plan, signal, waiting }, names);
  };
}

async function startContainers({ instance, pauseImage, signal }: ClusterSettings, start: Start): Promise<void> {
  await start('containerd');
  await importImages(instance, [pauseImage], signal);
}

async function nodeReady({ client, signal, waiting }: RunningCluster): Promise<void> {
  const name = { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE_NAME } };
  const problem = (node: V1Node | undefined) => {
    const ready = node?.status?.conditions?.find(({ type }) => type === 'Ready');
    return ready?.status === 'True' ? null : (ready?.message ?? 'has not come yet');
  };
  await client.waitFor<V1Node>(name, { signal, problem, note: (found) => waiting.note(NODE_NAME, found) });
}

async function startChaosMesh(cluster: RunningCluster, start: () => Promise<void>): Promise<void> {
  const { client, instance, plan, chaosMeshModule, signal } = cluster;
  const kinds = await chaosMeshKinds(chaosMeshModule);
  await installKinds(client, kinds, signal);
  await start();
  await introduceChaosMesh(client, instance, plan.addresses, kinds);
}
