// A complete configuration for unit tests; nothing listens on its addresses.

import type { ServiceConfig, ServiceName } from '../config.ts';

export function configOf(service: ServiceName): ServiceConfig {
  return {
    service,
    instance: 'test',
    listen: { host: '127.0.0.1', port: 5231 },
    brokers: [{ host: '127.0.0.1', port: 5672 }],
    brokerVhost: '/',
    brokerUser: 'orders',
    brokerPasswordFile: '/run/secrets/broker',
    database: { host: '127.0.0.1', port: 5432, database: 'orders', user: 'orders', passwordFile: '/run/secrets/db' },
    databasePoolSize: 8,
    prefetch: 50,
    ordersUrl: 'http://127.0.0.1:5231',
    defects: {},
    logLevel: 'silent',
  };
}
