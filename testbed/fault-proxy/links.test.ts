import { describe, expect, it } from 'vitest';
import { addressPlan } from '../network/address-plan.ts';
import { addressFor, LINKS } from './links.ts';

const addresses = addressPlan('namespaces', 4);

describe('the links', () => {
  it('are one per service and store, and the one by which checkouts are registered', () => {
    expect(LINKS).toHaveLength(6 * 4 + 1);
    expect(new Set(LINKS.map(({ name }) => name)).size).toBe(LINKS.length);
    expect(new Set(LINKS.map(({ port }) => port)).size).toBe(LINKS.length);
  });

  it('lead to the far end itself where there is no proxy', () => {
    expect(addressFor(addresses, false, 'payments', 'broker-2')).toEqual({ host: '198.18.4.12', port: 5672 });
    expect(addressFor(addresses, false, 'shopping', 'orders-api')).toEqual({ host: '198.18.4.21', port: 5231 });
  });

  it('lead to a port of their own at the proxy where there is one', () => {
    const ports = (['broker-1', 'broker-2', 'database'] as const).map((to) =>
      addressFor(addresses, true, 'payments', to),
    );
    expect(new Set(ports.map(({ host }) => host))).toEqual(new Set(['198.18.4.15']));
    expect(new Set(ports.map(({ port }) => port)).size).toBe(3);
  });
});
