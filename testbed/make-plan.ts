// Decides what the testbed of an instance consists of.

import { fileURLToPath } from 'node:url';
import type { Binaries } from './binaries.ts';
import { brokerProcess, epmdProcesses } from './broker/broker-processes.ts';
import { databaseProcess } from './database/database-process.ts';
import { faultProxyProcess } from './fault-proxy/fault-proxy-process.ts';
import type { GameDayGround } from './game-day-ground.ts';
import type { Instance } from './instance.ts';
import { addressPlan, BROKER_NAMES, SERVICE_NAMES } from './network/address-plan.ts';
import type { Isolation } from './network/isolation.ts';
import type { DefectSettings, Plan } from './plan.ts';
import { serviceProcess } from './services/service-processes.ts';

/** On loopback, the port of the gateway address that the supervisor holds to claim the subnet. */
const CLAIM_PORT = 4000;

const ORDER_SYSTEM_MAIN = fileURLToPath(new URL('./order-system/main.ts', import.meta.url));

export interface PlanSettings {
  readonly instance: Instance;
  readonly isolation: Isolation;
  readonly subnetNumber: number;
  readonly binaries: Binaries;
  readonly defects: DefectSettings;
  /** What faults need to be in place before; absent: only what needs nothing of the kind is possible. */
  readonly gameDay?: GameDayGround;
}

export function makePlan(settings: PlanSettings): Plan {
  const { instance, isolation, subnetNumber, binaries, defects, gameDay } = settings;
  const addresses = addressPlan(isolation.mode, subnetNumber);
  const place = { instance, mode: isolation.mode };
  return {
    v: 1,
    instance: instance.name,
    folder: instance.folder,
    ...isolation,
    addresses,
    defects,
    versions: { rabbitmq: binaries.rabbitmq.version, postgresql: binaries.postgresql.version },
    processes: [
      databaseProcess(place, addresses, binaries.postgresql),
      ...(gameDay === undefined ? [] : [faultProxyProcess(place, addresses, gameDay.faultProxy)]),
      ...epmdProcesses(place, addresses, binaries.rabbitmq),
      ...BROKER_NAMES.map((node) => brokerProcess(place, addresses, node, binaries.rabbitmq)),
      ...SERVICE_NAMES.map((service) => serviceProcess(place, addresses, service, ORDER_SYSTEM_MAIN)),
    ],
    ...(isolation.mode === 'loopback' && { claim: { host: addresses.gateway, port: CLAIM_PORT } }),
  };
}
