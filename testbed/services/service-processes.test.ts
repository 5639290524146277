import { describe, expect, it } from 'vitest';
import { instanceOf } from '../instance.ts';
import { addressPlan, SERVICE_NAMES } from '../network/address-plan.ts';
import { parseConfig } from '../order-system/config.ts';
import { serviceConfig } from './service-processes.ts';

const instance = instanceOf('i', { STAMPEDE_HOME: '/tmp/h' });
const addresses = addressPlan('namespaces', 4);

describe('the configuration of a service', () => {
  it.each(SERVICE_NAMES)('%s is accepted by the order system', (service) => {
    const config = serviceConfig(instance, addresses, service, { 'phantom-ok': { share: 0.02 } });
    expect(parseConfig(structuredClone(config))).toMatchObject({ service, defects: { 'phantom-ok': { share: 0.02 } } });
  });

  it('has a service listen on its own address and know all three broker nodes', () => {
    const { listen, brokers } = serviceConfig(instance, addresses, 'payments', {});
    expect(listen).toEqual({ host: '198.18.4.24', port: 5234 });
    expect(brokers.map((broker) => broker.host)).toEqual(['198.18.4.11', '198.18.4.12', '198.18.4.13']);
  });

  it('has everything that it speaks to behind the fault proxy, where there is one, and is found itself as before', () => {
    const proxied = serviceConfig(instance, addresses, 'shopping', {}, true);
    const spokenTo = [...proxied.brokers, proxied.database].map(({ host }) => host);
    expect(new Set(spokenTo)).toEqual(new Set(['198.18.4.15']));
    expect(proxied.ordersUrl).toMatch(/^http:\/\/198\.18\.4\.15:\d+$/);
    expect(proxied.listen.host).toBe('198.18.4.20');
  });

  it('holds no secret, only where it is', () => {
    const { brokerPasswordFile, database } = serviceConfig(instance, addresses, 'shopping', {});
    expect(brokerPasswordFile).toBe('/tmp/h/testbeds/i/secrets/broker-orders');
    expect(database.passwordFile).toBe('/tmp/h/testbeds/i/secrets/database-orders');
  });
});
