// Builds a testbed step by step: ground, stores (database beside brokers), migration, services, target file.

import { step } from '../lib/machine/progress.ts';
import { awaitReady } from './await-ready.ts';
import { FOUNDER } from './broker/broker-config.ts';
import { clusterProblem } from './broker/cluster-readiness.ts';
import { createOrdersDatabase, type DatabaseSettings, initialiseDatabase } from './database/initialise.ts';
import { FAULT_PROXY } from './fault-proxy/fault-proxy-process.ts';
import { type Ground, layGround, type StartSettings } from './lay-ground.ts';
import { BROKER_NAMES, SERVICE_NAMES } from './network/address-plan.ts';
import { type Plan, writeJson } from './plan.ts';
import { pollUntil } from './processes/poll.ts';
import { secretFile } from './secrets.ts';
import { migrate } from './services/migrate.ts';
import { controlProcess } from './supervisor/control-client.ts';
import { embeddedTarget } from './target-file.ts';

/** Under this name is noted what keeps the nodes from being one cluster. */
const CLUSTER = 'RabbitMQ cluster';

/** Resolves when all is ready. Leaves whatever it has made when it rejects: removing it is the caller's part. */
export async function startTestbed(settings: StartSettings): Promise<Plan> {
  const { progress, binaries, waiting } = settings;
  const waitingFor =
    (...names: readonly string[]) =>
    () =>
      waiting.textOf(names);
  const ground = await step(progress, 'network, configuration and supervisor', () => layGround(settings));
  const database = `PostgreSQL ${binaries.postgresql.version}`;
  const brokers = `RabbitMQ ${binaries.rabbitmq.version}, cluster of three`;
  if (settings.gameDay !== undefined) {
    await step(progress, 'fault proxy', () => startProcesses(ground, [FAULT_PROXY]), waitingFor(FAULT_PROXY));
  }
  await allOrNone(ground, [
    (part) => step(progress, database, () => startDatabase(part), waitingFor('database')),
    (part) => step(progress, brokers, () => startBrokers(part), waitingFor(...BROKER_NAMES, CLUSTER)),
  ]);
  await step(progress, 'schema, seed, exchanges and queues', () => prepareStores(ground));
  await step(progress, 'the six services', () => startProcesses(ground, SERVICE_NAMES), waitingFor(...SERVICE_NAMES));
  await writeJson(settings.instance.targetFile, embeddedTarget(settings.instance, ground.plan));
  return ground.plan;
}

async function startDatabase(ground: Ground): Promise<void> {
  ground.waiting.note('database', 'initdb has not ended');
  await initialiseDatabase(databaseSettings(ground), ground.signal);
  await startProcesses(ground, ['database']);
  const { hosts, ports } = ground.plan.addresses;
  await createOrdersDatabase({ host: hosts.database, port: ports.database, secrets: ground.secrets });
}

async function startBrokers(ground: Ground): Promise<void> {
  const { instance, plan, signal, waiting } = ground;
  const nameServers = plan.processes.map((spec) => spec.name).filter((name) => name.startsWith('epmd'));
  await startProcesses(ground, nameServers);
  await startProcesses(ground, [FOUNDER]);
  await startProcesses(
    ground,
    BROKER_NAMES.filter((node) => node !== FOUNDER),
  );
  const passwordFile = secretFile(instance, 'broker-monitoring');
  await pollUntil(signal, async () => {
    const problem = await clusterProblem(plan.addresses, passwordFile);
    waiting.note(CLUSTER, problem);
    return problem === null;
  });
}

/** After both stores are up, since a queue gets its replicas when it is declared. */
async function prepareStores(ground: Ground): Promise<void> {
  ground.waiting.note('migrate', 'it has not ended');
  await migrate(ground.instance, ground.signal);
  ground.waiting.note('migrate', null);
}

function databaseSettings({ instance, plan, binaries, secrets }: Ground): DatabaseSettings {
  return { instance, addresses: plan.addresses, binaries: binaries.postgresql, secrets };
}

async function startProcesses(ground: Ground, names: readonly string[]): Promise<void> {
  for (const name of names) await controlProcess(ground.instance, name, 'start');
  await awaitReady(ground, names);
}

/** Does all at the same time. The first failure ends the others; it is thrown when nothing is being made any more. */
async function allOrNone(ground: Ground, parts: readonly ((ground: Ground) => Promise<void>)[]): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([ground.signal, failure.signal]);
  const attempts = parts.map(async (part) => {
    try {
      await part({ ...ground, signal });
    } catch (error) {
      failure.abort(error);
    }
  });
  await Promise.all(attempts);
  failure.signal.throwIfAborted();
}
