// Connections to the broker: every node known, Nagle off, dead peers noticed within seconds.

import type { Logger } from 'pino';
import { Connection } from 'rabbitmq-client';
import { type Address, readPassword, SERVICES, type ServiceConfig } from '../config.ts';
import { Defects } from '../defects.ts';
import { within } from './within.ts';

/** Connects in the background and again whenever the connection is lost, to the next node each time. */
export async function openBroker(config: ServiceConfig, purpose: string, log: Logger): Promise<Connection> {
  const connection = new Connection({
    hosts: nodesFor(config).map((node) => `${node.host}:${node.port}`),
    vhost: config.brokerVhost,
    username: config.brokerUser,
    password: await readPassword(config.brokerPasswordFile),
    connectionName: `${config.instance}/${config.service}/${purpose}`,
    // With Nagle on, acks and publishes that share a connection wait for each other: 20 to 40 ms a confirm instead of 2.
    noDelay: true,
    heartbeat: 5,
    connectionTimeout: 3000,
    acquireTimeout: 5000,
    retryLow: 100,
    retryHigh: 2000,
  });
  connection.on('connection', () => log.info({ purpose }, 'broker connected'));
  connection.on('error', (error) => log.warn({ purpose, error: String(error) }, 'broker connection lost'));
  if (new Defects(config.defects).hits('no-reconnect', config.service)) connectOnce(connection);
  connection.on('connection.blocked', (reason) => log.warn({ purpose, reason }, 'broker blocks publishers'));
  return connection;
}

/** The planted defect: what is lost after the first success is not made again. */
function connectOnce(connection: Connection): void {
  connection.once('connection', () => connection.once('error', () => connection.unsafeDestroy()));
}

/** All nodes, beginning with another one for each service, so that no node has all connections. */
export function nodesFor({ service, brokers }: Pick<ServiceConfig, 'service' | 'brokers'>): readonly Address[] {
  const first = SERVICES.indexOf(service) % brokers.length;
  return [...brokers.slice(first), ...brokers.slice(0, first)];
}

/** Closes in order, or cuts the connection when that takes longer than the limit. */
export async function closeBroker(connection: Connection, limitMs: number): Promise<void> {
  if (!(await within(limitMs, connection.close()))) connection.unsafeDestroy();
}
