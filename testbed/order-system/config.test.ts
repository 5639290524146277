// Tests of the configuration's schema.

import { expect, test } from 'vitest';
import { parseConfig, SERVICES } from './config.ts';
import { configOf } from './testing/config-of.ts';

test.each(SERVICES)('a complete configuration of %s passes unchanged', (service) => {
  expect(parseConfig(configOf(service))).toEqual(configOf(service));
});

test.each([
  ['at the top', { ...configOf('payments'), prefetchCount: 5 }, /prefetchCount/],
  ['in the database', { ...configOf('payments'), database: { ...configOf('payments').database, ssl: true } }, /ssl/],
  ['in a broker', { ...configOf('payments'), brokers: [{ host: 'a', port: 1, tls: true }] }, /tls/],
])('an unknown key %s is refused by name', (_, config, reason) => {
  expect(() => parseConfig(config)).toThrow(reason);
});

test('every key that is missing is named', () => {
  expect(() => parseConfig({ service: 'payments' })).toThrow(/instance.*brokers.*database/s);
});

test('only shopping needs to know where orders-api is', () => {
  const { ordersUrl: _, ...without } = configOf('shopping');
  expect(() => parseConfig(without)).toThrow(/ordersUrl/);
  expect(parseConfig({ ...without, service: 'inventory' }).service).toBe('inventory');
});

test('an unknown service and a cluster without nodes are refused', () => {
  expect(() => parseConfig({ ...configOf('payments'), service: 'billing' })).toThrow(/service/);
  expect(() => parseConfig({ ...configOf('payments'), brokers: [] })).toThrow(/brokers/);
});
