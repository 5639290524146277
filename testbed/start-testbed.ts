// Builds a testbed step by step: ground (subnet, files, supervisor), stores (database beside brokers), migration, services, target file.

import { mkdir, writeFile } from 'node:fs/promises';
import { awaitReady, type Waiting } from './await-ready.ts';
import type { Binaries } from './binaries.ts';
import { writeBrokerFiles } from './broker/broker-files.ts';
import { clusterProblem } from './broker/cluster-readiness.ts';
import {
  createOrdersDatabase,
  type DatabaseSettings,
  endMigrationRights,
  initialiseDatabase,
} from './database/initialise.ts';
import type { Instance } from './instance.ts';
import { withMachineLock } from './lock.ts';
import { makePlan } from './make-plan.ts';
import { BROKER_NAMES, SERVICE_NAMES } from './network/address-plan.ts';
import type { Isolation } from './network/isolation.ts';
import { createNamespaces } from './network/namespaces.ts';
import { freeSubnetNumber } from './network/subnet-number.ts';
import type { DefectSettings, Plan } from './plan.ts';
import { pollUntil } from './processes/poll.ts';
import { type Report, step } from './progress.ts';
import { type Secrets, secretFile, writeSecrets } from './secrets.ts';
import { migrate } from './services/migrate.ts';
import { writeServiceFiles } from './services/service-processes.ts';
import { startSupervisor } from './start-supervisor.ts';
import { controlProcess } from './supervisor/control-client.ts';
import { embeddedTarget } from './target-file.ts';

/** Under this name is noted what keeps the nodes from being one cluster. */
const CLUSTER = 'RabbitMQ cluster';

export interface StartSettings {
  readonly instance: Instance;
  readonly isolation: Isolation;
  readonly binaries: Binaries;
  readonly defects: DefectSettings;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** Is told what is being waited for. */
  readonly waiting: Waiting;
}

interface Ground extends StartSettings {
  readonly plan: Plan;
  readonly secrets: Secrets;
}

/** Resolves when all is ready. Leaves whatever it has made when it rejects: removing it is the caller's part. */
export async function startTestbed(settings: StartSettings): Promise<Plan> {
  const { instance, report, binaries } = settings;
  const ground = await step(report, 'network, configuration and supervisor', () => layGround(settings));
  const { rabbitmq, postgresql } = binaries;
  const waitingFor = (names: readonly string[]) => () => settings.waiting.textOf(names);
  await allOrNone([
    step(report, `PostgreSQL ${postgresql.version}`, () => startDatabase(ground), waitingFor(['database'])),
    step(
      report,
      `RabbitMQ ${rabbitmq.version}, cluster of three`,
      () => startBrokers(ground),
      waitingFor([...BROKER_NAMES, CLUSTER]),
    ),
  ]);
  await step(report, 'schema, seed, exchanges and queues', () => prepareStores(ground));
  await step(report, 'the six services', () => startServices(ground), waitingFor(SERVICE_NAMES));
  await writeJson(instance.targetFile, embeddedTarget(instance, ground.plan.addresses));
  return ground.plan;
}

/** The subnet is claimed while the machine's lock is held: by its address under namespaces, by the supervisor on loopback. */
async function layGround(settings: StartSettings): Promise<Ground> {
  const { instance, isolation, signal } = settings;
  for (const folder of [instance.folder, instance.logs, instance.configuration, instance.secrets, instance.data]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  return withMachineLock(async () => {
    const subnetNumber = await freeSubnetNumber(instance, isolation.mode);
    const plan = makePlan({ ...settings, subnetNumber });
    await writeJson(instance.planFile, plan);
    if (isolation.mode === 'namespaces') await createNamespaces(instance, plan.addresses);
    const secrets = await writeConfiguration(settings, plan);
    await startSupervisor(instance, signal);
    return { ...settings, plan, secrets };
  });
}

async function writeConfiguration({ instance, binaries, defects }: StartSettings, plan: Plan): Promise<Secrets> {
  const secrets = await writeSecrets(instance);
  await writeBrokerFiles(instance, plan.addresses, binaries.rabbitmq.version, secrets);
  await writeServiceFiles(instance, plan.addresses, defects);
  return secrets;
}

async function startDatabase(ground: Ground): Promise<void> {
  await initialiseDatabase(databaseSettings(ground), ground.signal);
  await startProcesses(ground, ['database']);
  await createOrdersDatabase(databaseSettings(ground));
}

async function prepareStores(ground: Ground): Promise<void> {
  await migrate(ground.instance, ground.signal);
  await endMigrationRights(databaseSettings(ground));
}

function databaseSettings({ instance, plan, binaries, secrets }: Ground): DatabaseSettings {
  return { instance, addresses: plan.addresses, binaries: binaries.postgresql, secrets };
}

async function startBrokers(ground: Ground): Promise<void> {
  const { instance, plan, signal, waiting } = ground;
  const nameServers = plan.processes.map((spec) => spec.name).filter((name) => name.startsWith('epmd'));
  await startProcesses(ground, nameServers);
  await startProcesses(ground, BROKER_NAMES);
  const passwordFile = secretFile(instance, 'broker-monitoring');
  await pollUntil(signal, async () => {
    const problem = await clusterProblem(plan.addresses, passwordFile);
    waiting.note(CLUSTER, problem);
    return problem === null;
  });
}

async function startServices(ground: Ground): Promise<void> {
  await startProcesses(ground, SERVICE_NAMES);
}

async function startProcesses(ground: Ground, names: readonly string[]): Promise<void> {
  for (const name of names) await controlProcess(ground.instance, name, 'start');
  await awaitReady(ground, names);
}

/** Waits for all, also when one fails, so that nothing is still being made while the caller removes it. */
async function allOrNone(tasks: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(tasks);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}
