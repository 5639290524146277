import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ALL_FAULTS, faultNamed } from './all-faults.ts';

const EXAMPLES: Readonly<Record<string, object>> = {
  'process-kill': { process: 'payments', restartedBy: 'supervisor' },
  'process-stop': { process: 'database', restartedBy: 'heal' },
  'process-freeze': { process: 'payments' },
  'broker-kill': { role: 'leader', queue: 'orders', restartedBy: 'supervisor' },
  'broker-freeze': { role: 'minority', queue: 'orders' },
  'broker-restart': { role: 'all', queue: 'orders', restartedBy: 'heal' },
  'broker-rolling-restart': { queue: 'orders' },
  'broker-partition': { role: 'minority', queue: 'orders' },
  'network-cut': { services: ['payments'], from: 'broker' },
  'broker-memory-alarm': { role: 'leader', queue: 'orders' },
  'broker-disk-alarm': { role: 'follower', queue: 'orders' },
  'database-connections': { evict: true },
  'consumer-pause': { queue: 'payments' },
  'link-latency': { services: ['payments'], to: 'broker', latencyMs: 100, jitterMs: 0 },
  'link-bandwidth': { services: ['payments'], to: 'database', kilobytesPerS: 5 },
  'link-reset': { services: ['payments'], to: 'broker' },
  'link-half-open': { services: ['shopping'], to: 'orders-api' },
  'broker-disk-full': { queue: 'orders' },
};

it('every fault is found by its name, which no other has', () => {
  expect(ALL_FAULTS.map(({ name }) => name).sort()).toEqual(Object.keys(EXAMPLES).sort());
  for (const fault of ALL_FAULTS) expect(faultNamed(fault.name)).toBe(fault);
  expect(faultNamed('nothing')).toBeUndefined();
});

describe.each(ALL_FAULTS)('the options of $name', ({ name, options }) => {
  const accepts = new Ajv2020().compile(options);
  const example = EXAMPLES[name] ?? {};

  it('are an object of known keys', () => {
    expect(accepts(example)).toBe(true);
    expect(accepts({ ...example, surprise: 1 })).toBe(false);
  });

  it.each(Object.keys(example))('need %s', (key) => {
    expect(accepts({ ...example, [key]: undefined })).toBe(false);
    expect(accepts({ ...example, [key]: {} })).toBe(false);
  });
});

it.each(['process-kill', 'process-stop', 'broker-kill', 'broker-restart'])(
  '%s lasts only where heal restarts',
  (name) => {
    const lasting = (restartedBy: string) => faultNamed(name)?.lasting({ ...EXAMPLES[name], restartedBy });
    expect(lasting('heal')).toBe(true);
    expect(lasting('supervisor')).toBe(false);
  },
);
