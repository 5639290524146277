// The order system of a test: throwaway database and broker, migration, and its services, as processes or inside the test.

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { SERVICES, type ServiceConfig, type ServiceName } from '../config.ts';
import type { DefectSettings } from '../defects.ts';
import { runService } from '../platform/run-service.ts';
import { Child } from './child.ts';
import { loopbackAddress } from './loopback-address.ts';
import { poll } from './poll.ts';
import { startBroker, type ThrowawayBroker } from './throwaway-broker.ts';
import { startDatabase, type ThrowawayDatabase } from './throwaway-database.ts';

const PORTS: Readonly<Record<ServiceName, number>> = {
  shopping: 5236,
  'orders-api': 5231,
  'orders-saga': 5241,
  inventory: 5233,
  payments: 5234,
  fulfillment: 5235,
};

/** Database and broker of one test; to be migrated first, then services may run. */
export class Ground {
  readonly folder: string;
  readonly database: ThrowawayDatabase;
  readonly broker: ThrowawayBroker;
  readonly shoppingUrl: string;
  readonly ordersUrl: string;
  readonly #host: string;

  static async prepare(): Promise<Ground> {
    const folder = await mkdtemp(join(tmpdir(), 'order-system-'));
    const host = loopbackAddress();
    await chmod(folder, 0o711);
    const [database, broker] = await Promise.allSettled([startDatabase(folder, host), startBroker(folder, host)]);
    if (database.status === 'rejected' || broker.status === 'rejected') {
      const started = [database, broker].filter((one) => one.status === 'fulfilled');
      await Promise.all(started.map((one) => one.value.stop()));
      throw new AggregateError([database, broker], `the ground could not be prepared in ${folder}`);
    }
    return new Ground(folder, host, database.value, broker.value);
  }

  private constructor(folder: string, host: string, database: ThrowawayDatabase, broker: ThrowawayBroker) {
    this.folder = folder;
    this.#host = host;
    this.database = database;
    this.broker = broker;
    this.shoppingUrl = this.urlOf('shopping');
    this.ordersUrl = this.urlOf('orders-api');
  }

  urlOf(service: ServiceName): string {
    return `http://${this.#host}:${PORTS[service]}`;
  }

  get readerPasswordFile(): string {
    return join(this.folder, 'reader-password');
  }

  /** Runs migrate.ts as a process; throws with its output when it fails. */
  async migrate(defects: DefectSettings = {}): Promise<void> {
    await writeFile(this.readerPasswordFile, "a reader's password");
    const child = await this.#spawn('migrate.ts', 'orders-api', defects, {
      READER_PASSWORD_FILE: this.readerPasswordFile,
    });
    const code = await child.ended();
    if (code !== 0) throw new Error(`migration ended with ${code}: ${await this.logOf('orders-api')}`);
  }

  /** Every service as a process of its own, ready; gives them by name. */
  async startProcesses(defects: DefectSettings = {}): Promise<ReadonlyMap<ServiceName, Child>> {
    const started = new Map<ServiceName, Child>();
    for (const service of SERVICES) started.set(service, await this.startProcess(service, defects));
    await this.ready();
    return started;
  }

  /** Every service inside the test's own process, ready; gives the function that stops them. */
  async startInside(defects: DefectSettings = {}): Promise<() => Promise<void>> {
    const log = pino({ level: 'info' }, pino.destination(join(this.folder, 'inside.log')));
    const stops = await Promise.all(SERVICES.map((service) => runService(this.#config(service, defects), log)));
    await this.ready();
    return async () => {
      await Promise.all(stops.map((stop) => stop()));
    };
  }

  /** One service as a process, not yet ready. */
  startProcess(service: ServiceName, defects: DefectSettings = {}): Promise<Child> {
    return this.#spawn('main.ts', service, defects, {});
  }

  async ready(limitMs = 20_000): Promise<void> {
    for (const service of SERVICES) {
      const url = `${this.urlOf(service)}/health/ready`;
      await poll(`${url} is 200`, async () => (await fetch(url)).ok, limitMs);
    }
  }

  logOf(service: ServiceName): Promise<string> {
    return readFile(join(this.folder, `${service}.log`), 'utf8');
  }

  async destroy(): Promise<void> {
    await Promise.all([this.database.stop(), this.broker.stop()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  async #spawn(entry: string, service: ServiceName, defects: DefectSettings, env: NodeJS.ProcessEnv): Promise<Child> {
    const file = join(this.folder, `${service}.json`);
    await writeFile(file, JSON.stringify(this.#config(service, defects)));
    const script = new URL(`../${entry}`, import.meta.url).pathname;
    return new Child(process.execPath, ['--max-old-space-size=192', script], {
      env: { ...env, ORDER_SYSTEM_CONFIG: file },
      logFile: join(this.folder, `${service}.log`),
    });
  }

  #config(service: ServiceName, defects: DefectSettings): ServiceConfig {
    return {
      service,
      instance: 'test',
      listen: { host: this.#host, port: PORTS[service] },
      brokers: [{ host: this.#host, port: 5672 }],
      brokerVhost: '/',
      brokerUser: 'orders',
      brokerPasswordFile: this.broker.passwordFile,
      database: this.database.config,
      databasePoolSize: 8,
      prefetch: 50,
      ordersUrl: this.ordersUrl,
      defects,
      logLevel: 'info',
    };
  }
}
