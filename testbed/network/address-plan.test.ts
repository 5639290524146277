import { describe, expect, it } from 'vitest';
import { addressPlan, HOST_NAMES, SUBNET_NUMBERS, subnetNumberOf } from './address-plan.ts';

describe('the address plan', () => {
  it('gives every host an address of its own inside the subnet', () => {
    const plan = addressPlan('namespaces', 4);
    expect(plan.subnet).toBe('198.18.4.0/24');
    expect(plan.gateway).toBe('198.18.4.1');
    expect(plan.hosts['broker-1']).toBe('198.18.4.11');
    expect(new Set([...Object.values(plan.hosts), plan.gateway]).size).toBe(HOST_NAMES.length + 1);
    for (const address of Object.values(plan.hosts)) expect(address).toMatch(/^198\.18\.4\.\d+$/);
  });

  it('stays on the machine itself on loopback', () => {
    for (const address of Object.values(addressPlan('loopback', 254).hosts)) expect(address).toMatch(/^127\.18\.254\./);
  });

  it('has the usual ports on addresses of the network, and others on loopback, where a server may listen on all addresses', () => {
    const usual = Object.values(addressPlan('namespaces', 4).ports);
    const loopback = Object.values(addressPlan('loopback', 4).ports);
    expect(usual).toEqual(expect.arrayContaining([5432, 5672, 5231, 5236]));
    expect(loopback.filter((port) => usual.includes(port))).toEqual([]);
    expect(new Set(loopback).size).toBe(usual.length);
  });

  it('shares no port of Erlang between two nodes or instances on loopback, where an address does not keep them apart', () => {
    const ports = SUBNET_NUMBERS.flatMap((number) => {
      const { epmd, distribution } = addressPlan('loopback', number).erlang;
      return [epmd, ...Object.values(distribution)];
    });
    expect(new Set(ports).size).toBe(ports.length);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });

  it('shares no address between two subnet numbers', () => {
    const all = SUBNET_NUMBERS.flatMap((number) => Object.values(addressPlan('namespaces', number).hosts));
    expect(new Set(all).size).toBe(all.length);
  });

  it('is found back from any of its addresses, and from no other', () => {
    expect(subnetNumberOf('namespaces', '198.18.7.1')).toBe(7);
    expect(subnetNumberOf('namespaces', '198.18.7.0/24')).toBe(7);
    expect(subnetNumberOf('namespaces', '198.19.7.1')).toBeNull();
    expect(subnetNumberOf('loopback', '127.18.9.11')).toBe(9);
    expect(subnetNumberOf('loopback', '127.0.0.1')).toBeNull();
  });
});
