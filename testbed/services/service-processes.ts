// The processes of the order system: one per service, each with a configuration file that holds every address it may talk to.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROKER_USER, BROKER_VHOST } from '../broker/broker-config.ts';
import { ORDERS_DATABASE, ORDERS_ROLE } from '../database/database-config.ts';
import { type Address, addressFor } from '../fault-proxy/links.ts';
import type { Instance } from '../instance.ts';
import { type AddressPlan, BROKER_NAMES, SERVICE_NAMES, type ServiceName } from '../network/address-plan.ts';
import type { DefectSettings } from '../plan.ts';
import { environmentOf, onHost, type Place } from '../processes/launch.ts';
import { secretFile } from '../secrets.ts';
import { type ProcessSpec, STOP_RANK } from '../supervisor/process-spec.ts';

/** Enough for the load of all profiles; small enough that six services fit beside the load on a small machine. */
export const HEAP_LIMIT_MB = 256;
export const DATABASE_POOL_SIZE = 8;
export const PREFETCH_MESSAGES = 50;

/** Base URL of a service, without trailing slash. */
export function serviceUrl(addresses: AddressPlan, service: ServiceName): string {
  return urlOf({ host: addresses.hosts[service], port: addresses.ports[service] });
}

function urlOf({ host, port }: Address): string {
  return `http://${host}:${port}`;
}

export function serviceConfigFile(instance: Instance, service: ServiceName): string {
  return join(instance.configuration, `${service}.json`);
}

/** The configuration of one service. `proxied`: everything that it speaks to is reached through the fault proxy. */
export function serviceConfig(
  instance: Instance,
  addresses: AddressPlan,
  service: ServiceName,
  defects: DefectSettings,
  proxied = false,
) {
  return {
    service,
    instance: instance.name,
    listen: { host: addresses.hosts[service], port: addresses.ports[service] },
    brokers: BROKER_NAMES.map((node) => addressFor(addresses, proxied, service, node)),
    brokerVhost: BROKER_VHOST,
    brokerUser: BROKER_USER,
    brokerPasswordFile: secretFile(instance, 'broker-orders'),
    database: {
      ...addressFor(addresses, proxied, service, 'database'),
      database: ORDERS_DATABASE,
      user: ORDERS_ROLE,
      passwordFile: secretFile(instance, 'database-orders'),
    },
    databasePoolSize: DATABASE_POOL_SIZE,
    prefetch: PREFETCH_MESSAGES,
    ...(service === 'shopping' && { ordersUrl: urlOf(addressFor(addresses, proxied, service, 'orders-api')) }),
    defects,
    logLevel: 'info',
  };
}

export async function writeServiceFiles(
  instance: Instance,
  addresses: AddressPlan,
  defects: DefectSettings,
  proxied = false,
): Promise<void> {
  await mkdir(instance.configuration, { recursive: true });
  for (const service of SERVICE_NAMES) {
    const config = serviceConfig(instance, addresses, service, defects, proxied);
    await writeFile(serviceConfigFile(instance, service), `${JSON.stringify(config, null, 2)}\n`);
  }
}

/** One service. `main` is the program that all of them share. */
export function serviceProcess(place: Place, addresses: AddressPlan, service: ServiceName, main: string): ProcessSpec {
  return {
    name: service,
    host: addresses.hosts[service],
    port: addresses.ports[service],
    command: onHost(place, service, [process.execPath, `--max-old-space-size=${HEAP_LIMIT_MB}`, main]),
    cwd: place.instance.folder,
    environment: environmentOf(place.instance, {
      NODE_ENV: 'production',
      ORDER_SYSTEM_CONFIG: serviceConfigFile(place.instance, service),
    }),
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.service,
    readiness: { kind: 'http', url: `${serviceUrl(addresses, service)}/health/ready` },
  };
}
