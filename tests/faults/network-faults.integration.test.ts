import { describe, expect, it } from 'vitest';
import { poll } from '../../chaos/broker/poll.ts';
import { brokerPartition } from '../../chaos/faults/broker-partition.ts';
import { REHEARSAL } from '../../chaos/faults/fault.ts';
import { networkCut } from '../../chaos/faults/network-cut.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import type { Network } from '../../chaos/targets/system.ts';
import { expectHealedAfterHalf, expectSeenAndHealed } from '../harness/life-of-a-fault.ts';
import { ownTestbed } from '../harness/own-testbed.ts';

const queue = 'orders';
const instance = ownTestbed('faults');
const system = () => embeddedSystem(instance);

describe('network-cut', () => {
  it.each(['broker', 'database'])(
    'cuts a service off from the %s, which says so and comes back by itself',
    async (from) => {
      const life = await system().processes.identity('payments');
      await expectSeenAndHealed({
        fault: networkCut,
        options: { services: ['payments'], from },
        system,
        whileOn: async () => {
          await poll(
            async () => ((await system().processes.problem('payments')) === null ? 'it is ready' : null),
            30_000,
          );
          expect(await system().processes.problem('inventory')).toBeNull();
        },
      });
      expect(await system().processes.identity('payments')).toBe(life);
    },
  );

  it('is healed after half an inject, and leaves no rule', async () => {
    const options = { services: ['payments', 'inventory'], from: 'database' };
    await expectHealedAfterHalf({ fault: networkCut, options, system });
    expect(await system().network.cuts()).toEqual([]);
  });

  it('is seen as not made where the rules do nothing', async () => {
    const { network } = system();
    const reaches: Network['reaches'] = (...connection) => network.reaches(...connection);
    const deaf = { ...system(), network: { reaches, cut: async () => undefined } as unknown as Network };
    const intent = await networkCut.aim(system(), { services: ['payments'], from: 'database' }, REHEARSAL);
    await expect(networkCut.inject(deaf, intent)).rejects.toThrow('payments still reaches database:5432');
  });
});

describe('broker-partition', () => {
  it('cuts the leader of a queue off, which the others replace', async () => {
    const before = (await system().broker.queue(queue))?.leader;
    await expectSeenAndHealed({
      fault: brokerPartition,
      options: { role: 'leader', queue },
      system,
      whileOn: async (intent) => expect(intent).toMatchObject({ cut: { side: [before] } }),
    });
  });

  it('lasts until the broker has noticed it and paused the minority, and is healed all the same', async () => {
    await expectSeenAndHealed({
      fault: brokerPartition,
      options: { role: 'minority', queue },
      system,
      whileOn: async (intent) => {
        const [node = ''] = (intent.cut as { side: readonly string[] }).side;
        await poll(
          async () => ((await system().processes.problem(node)) === null ? `${node} still serves` : null),
          90_000,
        );
      },
    });
  }, 300_000);

  it('is healed after half an inject', async () => {
    await expectHealedAfterHalf({ fault: brokerPartition, options: { role: 'majority', queue }, system });
  });
});
