import { describe, expect, it } from 'vitest';
import { brokerFreeze } from '../../chaos/faults/broker-freeze.ts';
import { brokerKill } from '../../chaos/faults/broker-kill.ts';
import { brokerRestart } from '../../chaos/faults/broker-restart.ts';
import { brokerRollingRestart } from '../../chaos/faults/broker-rolling-restart.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import { expectHealedAfterHalf, expectSeenAndHealed } from '../harness/life-of-a-fault.ts';
import { ownTestbed } from '../harness/own-testbed.ts';

const queue = 'orders';
const instance = ownTestbed('faults');
const system = () => embeddedSystem(instance);

const leader = async () => (await system().broker.queue(queue))?.leader;

describe('broker-kill', () => {
  it('kills the leader of a queue, which its supervisor restarts', async () => {
    const before = await leader();
    const options = { role: 'leader', queue, restartedBy: 'supervisor' };
    const whileOn = async (intent: object) => expect(intent).toMatchObject({ nodes: [before] });
    await expectSeenAndHealed({ fault: brokerKill, options, system, over: true, whileOn });
  });

  it('kills a majority, which stays down until it is healed', async () => {
    const whileOn = async () => {
      const lives = await Promise.all(system().broker.nodes.map((node) => system().processes.identity(node)));
      expect(lives.filter((life) => life === null)).toHaveLength(2);
    };
    await expectSeenAndHealed({
      fault: brokerKill,
      options: { role: 'majority', queue, restartedBy: 'heal' },
      system,
      whileOn,
    });
  });

  it('is healed after half an inject: a node was only held', async () => {
    await expectHealedAfterHalf({
      fault: brokerKill,
      options: { role: 'minority', queue, restartedBy: 'heal' },
      system,
    });
  });
});

describe('broker-restart', () => {
  it('restarts a follower', async () => {
    const options = { role: 'follower', queue, restartedBy: 'supervisor' };
    await expectSeenAndHealed({ fault: brokerRestart, options, system, over: true });
  });

  it('stops all nodes properly at once, until they are healed', async () => {
    await expectSeenAndHealed({ fault: brokerRestart, options: { role: 'all', queue, restartedBy: 'heal' }, system });
  });
});

describe('broker-freeze', () => {
  it('freezes the leader, whose queue finds another one', async () => {
    const before = await leader();
    await expectSeenAndHealed({
      fault: brokerFreeze,
      options: { role: 'leader', queue },
      system,
      whileOn: async () => void expect(await system().processes.isFrozen(before ?? '')).toBe(true),
    });
  });

  it('is healed after half an inject', async () => {
    await expectHealedAfterHalf({ fault: brokerFreeze, options: { role: 'majority', queue }, system });
  });
});

describe('broker-rolling-restart', () => {
  it('gives every node a new life', async () => {
    const lives = () => Promise.all(system().broker.nodes.map((node) => system().processes.identity(node)));
    const before = await lives();
    await expectSeenAndHealed({ fault: brokerRollingRestart, options: { queue }, system, over: true });
    const after = await lives();
    expect(after.filter((life, at) => life === before[at])).toEqual([]);
  });
});
