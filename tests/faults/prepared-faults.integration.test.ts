import { statfs } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { poll } from '../../chaos/broker/poll.ts';
import { brokerDiskFull } from '../../chaos/faults/broker-disk-full.ts';
import { REHEARSAL } from '../../chaos/faults/fault.ts';
import { linkBandwidth } from '../../chaos/faults/link-bandwidth.ts';
import { linkHalfOpen } from '../../chaos/faults/link-half-open.ts';
import { linkLatency } from '../../chaos/faults/link-latency.ts';
import { linkReset } from '../../chaos/faults/link-reset.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import { expectHealedAfterHalf, expectSeenAndHealed } from '../harness/life-of-a-fault.ts';
import { ownTestbed } from '../harness/own-testbed.ts';

const instance = ownTestbed('faults', ['--game-day']);
const system = () => embeddedSystem(instance);

const notReady = (name: string, limitMs: number) =>
  poll(async () => ((await system().processes.problem(name)) === null ? `${name} is ready` : null), limitMs);

describe.each(['broker', 'database'])('on the links to the %s', (to) => {
  it('latency is seen on this link and on no other', async () => {
    await expectSeenAndHealed({
      fault: linkLatency,
      options: { services: ['payments'], to, latencyMs: 300, jitterMs: 20 },
      system,
      whileOn: async () => {
        expect((await system().links.hello('inventory--database', 3000)).ms).toBeLessThan(250);
        expect(await system().processes.problem('payments')).toBeNull();
      },
    });
  });

  it('a narrow bandwidth is seen', async () => {
    const options = { services: ['payments', 'inventory'], to, kilobytesPerS: 5 };
    await expectSeenAndHealed({ fault: linkBandwidth, options, system });
  });

  it('resets end the connections of a service, which comes back by itself', async () => {
    const life = await system().processes.identity('payments');
    await expectSeenAndHealed({
      fault: linkReset,
      options: { services: ['payments'], to },
      system,
      whileOn: () => notReady('payments', 20_000),
    });
    expect(await system().processes.identity('payments')).toBe(life);
  });

  it('half-open connections are noticed by a service, which comes back by itself', async () => {
    const life = await system().processes.identity('payments');
    await expectSeenAndHealed({
      fault: linkHalfOpen,
      options: { services: ['payments'], to },
      system,
      whileOn: () => notReady('payments', 30_000),
    });
    expect(await system().processes.identity('payments')).toBe(life);
  });
});

describe('a fault of links', () => {
  it('also strikes the connection from one service to another', async () => {
    const options = { services: ['shopping'], to: 'orders-api', latencyMs: 200, jitterMs: 0 };
    await expectSeenAndHealed({ fault: linkLatency, options, system });
  });

  it('is healed after half an inject, and leaves nothing at the proxy', async () => {
    const options = { services: ['payments', 'inventory'], to: 'broker' };
    await expectHealedAfterHalf({ fault: linkHalfOpen, options, system });
    await expectHealedAfterHalf({ fault: linkReset, options, system });
    for (const { name } of system().links.links)
      expect((await system().links.hello(name, 3000)).outcome).toBe('answered');
  });

  it('has nobody to strike where a service has no such connection', async () => {
    const options = { services: ['payments'], to: 'orders-api' as const };
    await expect(linkReset.aim(system(), options, REHEARSAL)).rejects.toThrow(
      'payments has no connection to orders-api',
    );
  });
});

describe('broker-disk-full', () => {
  const options = { queue: 'orders' };

  it('has the node raise its alarm or die, and leaves the machine its own disk', async () => {
    const machineBytes = async () => {
      const { bavail, bsize } = await statfs('/tmp');
      return bavail * bsize;
    };
    const before = await machineBytes();
    await expectSeenAndHealed({
      fault: brokerDiskFull,
      options,
      system,
      whileOn: async () => {
        expect(await system().disk.freeBytes()).toBeLessThan(1_000_000);
        expect(before - (await machineBytes())).toBeLessThan(300_000_000);
      },
    });
  });

  it('is healed after half an inject', async () => {
    await expectHealedAfterHalf({ fault: brokerDiskFull, options, system });
    expect(await system().disk.freeBytes()).toBeGreaterThan(500_000_000);
  });
});
