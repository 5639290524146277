import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressPlan, SUBNET_NUMBERS } from '../network/address-plan.ts';
import { clusterAddresses, PORTS } from './address-plan.ts';

function holds(subnet: string, address: string): boolean {
  const [network = '', length] = subnet.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(length));
  return list.check(address);
}

describe('the addresses of a cluster', () => {
  const { subnet, node, machine, routed, pods, services, apiService } = clusterAddresses(7);

  it('give pods and services each their half of what is routed to the node', () => {
    for (const part of [pods, services]) expect(holds(routed, part.split('/')[0] ?? '')).toBe(true);
    expect(holds(services, apiService)).toBe(true);
    expect(holds(pods, apiService)).toBe(false);
    expect(holds(subnet, node) && holds(subnet, machine) && !holds(routed, node)).toBe(true);
  });

  it('are claimed by the same number as those of a testbed', () => {
    for (const number of SUBNET_NUMBERS) {
      expect(clusterAddresses(number).subnet).toBe(addressPlan('namespaces', number).subnet);
    }
  });

  it('never have two parts listen at the same port', () => {
    const ports = Object.values(PORTS);
    expect(new Set(ports).size).toBe(ports.length);
  });
});
