// The target file of a testbed: how the suite reaches the order system, with passwords as references to their files.

import type { Target } from '../lib/model/target.ts';
import { BROKER_VHOST, MONITORING_USER, TAP_USER } from './broker/broker-config.ts';
import { ORDERS_DATABASE, READER_ROLE } from './database/database-config.ts';
import { defectTexts } from './defect-options.ts';
import type { Instance } from './instance.ts';
import { BROKER_NAMES } from './network/address-plan.ts';
import { brokerQueues, brokerTap, effectQueries } from './order-system/queries.ts';
import type { Plan } from './plan.ts';
import { secretFile } from './secrets.ts';
import { serviceUrl } from './services/service-processes.ts';

/** The target that `up` writes. The database is read as a role that can do nothing else. */
export function embeddedTarget(instance: Instance, { addresses, defects }: Plan): Target {
  return {
    name: instance.name,
    embedded: true,
    ...(Object.keys(defects).length === 0 ? {} : { plantedDefects: defectTexts(defects) }),
    flow: 'seed',
    http: {
      baseUrls: { shopping: serviceUrl(addresses, 'shopping'), orders: serviceUrl(addresses, 'orders-api') },
    },
    database: {
      host: addresses.hosts.database,
      port: addresses.ports.database,
      database: ORDERS_DATABASE,
      user: READER_ROLE,
      password: `file:${secretFile(instance, 'database-reader')}`,
    },
    queries: effectQueries,
    broker: {
      managementUrl: `http://${addresses.hosts['broker-1']}:${addresses.ports.management}`,
      user: MONITORING_USER,
      password: `file:${secretFile(instance, 'broker-monitoring')}`,
      vhost: BROKER_VHOST,
      ...brokerQueues,
    },
    tap: {
      nodes: BROKER_NAMES.map((node) => ({ host: addresses.hosts[node], port: addresses.ports.amqp })),
      vhost: BROKER_VHOST,
      user: TAP_USER,
      password: `file:${secretFile(instance, 'broker-tap')}`,
      ...brokerTap,
    },
  };
}
