import { describe, expect, it } from 'vitest';
import { brokerDiskAlarm } from '../../chaos/faults/broker-disk-alarm.ts';
import { brokerMemoryAlarm } from '../../chaos/faults/broker-memory-alarm.ts';
import { consumerPause } from '../../chaos/faults/consumer-pause.ts';
import { databaseConnections } from '../../chaos/faults/database-connections.ts';
import { REHEARSAL } from '../../chaos/faults/fault.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import { expectHealedAfterHalf, expectSeenAndHealed } from '../harness/life-of-a-fault.ts';
import { ownTestbed } from '../harness/own-testbed.ts';

const queue = 'orders';
const instance = ownTestbed('faults');
const system = () => embeddedSystem(instance);

describe.each([
  ['memory', brokerMemoryAlarm],
  ['disk', brokerDiskAlarm],
] as const)('the %s alarm', (resource, fault) => {
  it('is raised by the leader of a queue, and off again with its old limit', async () => {
    const leader = (await system().broker.queue(queue))?.leader ?? '';
    const before = await system().broker.limits(leader);
    await expectSeenAndHealed({
      fault,
      options: { role: 'leader', queue },
      system,
      whileOn: async () => expect(await system().broker.alarms()).toEqual([{ node: leader, resource }]),
    });
    expect(await system().broker.limits(leader)).toEqual(before);
  });

  it('is healed after half an inject', async () => {
    await expectHealedAfterHalf({ fault, options: { role: 'minority', queue }, system });
    expect(await system().broker.alarms()).toEqual([]);
  });
});

describe('database-connections', () => {
  it('leaves no connection to a new service, and those that are there keep theirs', async () => {
    await expectSeenAndHealed({
      fault: databaseConnections,
      options: { evict: false },
      system,
      whileOn: async () => expect(await system().database.gives()).toBe(false),
    });
  });

  it('takes the connections of the services too, which are not ready then and come back by themselves', async () => {
    const lives = () => Promise.all(system().processes.names.map((name) => system().processes.identity(name)));
    const before = await lives();
    await expectSeenAndHealed({
      fault: databaseConnections,
      options: { evict: true },
      system,
      whileOn: async () => expect(await system().processes.problem('payments')).toMatch(/database/),
    });
    expect(await lives()).toEqual(before);
  });

  it('is healed after half an inject', async () => {
    await expectHealedAfterHalf({ fault: databaseConnections, options: { evict: true }, system });
  });
});

describe('consumer-pause', () => {
  it('leaves the queue without a consumer, and everybody else at work', async () => {
    await expectSeenAndHealed({
      fault: consumerPause,
      options: { queue: 'payments' },
      system,
      whileOn: async (intent) => {
        expect(intent).toMatchObject({ consumers: [{ process: 'payments' }] });
        expect(await system().broker.consumers('payments')).toEqual([]);
        expect(await system().processes.problem('orders-api')).toBeNull();
      },
    });
    expect(await system().broker.consumers('payments')).toEqual(['payments']);
  });

  it('is healed after half an inject', async () => {
    await expectHealedAfterHalf({ fault: consumerPause, options: { queue }, system });
  });

  it.each([
    ['there is no such queue', 'nothing', 'there is no queue nothing'],
    ['nobody consumes', 'payments.dead-letter', 'nobody consumes from the queue payments.dead-letter'],
  ])('has nobody to strike where %s', async (_why, name, message) => {
    await expect(consumerPause.aim(system(), { queue: name }, REHEARSAL)).rejects.toThrow(message);
  });
});
