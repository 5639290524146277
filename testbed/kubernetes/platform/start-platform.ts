// Brings the order platform onto a cluster: images and stores, schema and queues, services, and the target file by which it is reached.

import type { V1Deployment, V1Job, V1StatefulSet } from '@kubernetes/client-node';
import { step } from '../../../lib/machine/progress.ts';
import { createOrdersDatabase } from '../../database/initialise.ts';
import { SERVICE_NAMES } from '../../network/address-plan.ts';
import { writeJson } from '../../plan.ts';
import { pollUntil } from '../../processes/poll.ts';
import { type Secrets, secretFile, writeSecrets } from '../../secrets.ts';
import { readManifest } from '../client/read-manifest.ts';
import type { RunningCluster } from '../start-cluster.ts';
import { brokersProblem } from './brokers-problem.ts';
import { outsideServices } from './outside-services.ts';
import { platformConfiguration } from './platform-configuration.ts';
import { BROKER_WORKLOAD, DATABASE_WORKLOAD, OUTSIDE_PORTS, PLATFORM_NAMESPACE } from './platform-names.ts';
import { MIGRATION, migrationJob, serviceObjects } from './services.ts';
import { writeSuiteKubeconfig } from './suite-access.ts';
import { clusterTarget } from './target.ts';

/** Paths of the files of the platform's images. */
export interface PlatformImages {
  readonly rabbitmq: string;
  readonly postgresql: string;
  readonly orderSystem: string;
  /** For load from within the cluster. */
  readonly k6: string;
}

/** Resolves when all is ready and the target file is written. */
export async function startPlatform(cluster: RunningCluster): Promise<void> {
  const { instance, plan, progress, signal, waiting } = cluster;
  const waitingFor =
    (...names: readonly string[]) =>
    () =>
      waiting.textOf(names);
  const secrets = await step(progress, 'images, configuration and passwords', () => prepare(cluster));
  const brokers = `${BROKER_WORKLOAD}-server`;
  await step(
    progress,
    'PostgreSQL, and RabbitMQ as a cluster of three',
    () => Promise.all([ready(cluster, 'StatefulSet', DATABASE_WORKLOAD), brokersReady(cluster, brokers)]),
    waitingFor(DATABASE_WORKLOAD, brokers),
  );
  await step(progress, 'schema, seed, exchanges and queues', () => migrate(cluster, secrets), waitingFor(MIGRATION));
  await step(
    progress,
    'the six services',
    async () => {
      await cluster.client.apply(serviceObjects());
      await Promise.all(SERVICE_NAMES.map((name) => ready(cluster, 'Deployment', name)));
    },
    waitingFor(...SERVICE_NAMES),
  );
  await writeSuiteKubeconfig(cluster);
  await writeJson(instance.targetFile, await clusterTarget(cluster.client, instance, plan.addresses));
  signal.throwIfAborted();
}

async function prepare({ client, instance, imagesThere }: RunningCluster): Promise<Secrets> {
  const secrets = await writeSecrets(instance);
  await client.apply(await readManifest('namespace.yaml'));
  await client.apply([
    ...(await platformConfiguration(instance, secrets)),
    ...(await readManifest('suite-rights.yaml')),
    ...outsideServices(),
  ]);
  await imagesThere;
  await client.apply([...(await readManifest('rabbitmq.yaml')), ...(await readManifest('database.yaml'))]);
  return secrets;
}

/** Ready, and each of them sees all of them: a queue gets its replicas when it is declared. */
async function brokersReady(cluster: RunningCluster, brokers: string): Promise<void> {
  const { instance, plan, signal, waiting } = cluster;
  await ready(cluster, 'StatefulSet', brokers);
  const url = `http://${plan.addresses.node}:${OUTSIDE_PORTS.management}`;
  await pollUntil(signal, async () => {
    const problem = await brokersProblem(url, secretFile(instance, 'broker-monitoring'));
    waiting.note(brokers, problem);
    return problem === null;
  });
}

async function migrate({ client, plan, signal, waiting }: RunningCluster, secrets: Secrets): Promise<void> {
  await createOrdersDatabase({ host: plan.addresses.node, port: OUTSIDE_PORTS.database, secrets });
  await client.apply([migrationJob()]);
  await client.waitFor<V1Job>(named('batch/v1', 'Job', MIGRATION), {
    signal,
    problem: (job) => {
      const failed = job?.status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True');
      if (failed !== undefined) throw new Error(`the migration failed: ${failed.message}`);
      return job?.status?.succeeded === 1 ? null : 'has not ended';
    },
    note: (problem) => waiting.note(MIGRATION, problem),
  });
}

async function ready({ client, signal, waiting }: RunningCluster, kind: 'StatefulSet' | 'Deployment', name: string) {
  await client.waitFor<V1StatefulSet | V1Deployment>(named('apps/v1', kind, name), {
    signal,
    problem: (workload) => {
      const wanted = workload?.spec?.replicas ?? 1;
      const found = workload?.status?.readyReplicas ?? 0;
      return found === wanted ? null : `${found} of ${wanted} ready`;
    },
    note: (problem) => waiting.note(name, problem),
  });
}

function named(apiVersion: string, kind: string, name: string) {
  return { apiVersion, kind, metadata: { name, namespace: PLATFORM_NAMESPACE } };
}
