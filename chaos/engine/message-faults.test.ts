import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import type { FaultName } from '../../lib/model/message.ts';
import type { ActUnderFaults } from '../../runner/durability/message-request.ts';
import { FakeCluster } from '../broker/testing/fake-cluster.ts';
import { faultNamed } from '../faults/all-faults.ts';
import { readIntents } from './intent-files.ts';
import { messageFaults } from './message-faults.ts';
import { fakeLoad, unwatched } from './testing/fake-load.ts';

const TWICE: ActUnderFaults = async (strike) => {
  await strike?.();
  await strike?.();
};

/** Acts on a cluster of which `b` leads the queue. */
function underFault(name: FaultName, act: ActUnderFaults) {
  const cluster = new FakeCluster();
  const system = { ...cluster.system, name: 'fake', intentFolder: temporaryFolder() };
  const { load, ...others } = fakeLoad();
  const ended = messageFaults(name, { system, faultNamed, watchedOver: unwatched })(load, act);
  return { cluster, system, ended, ...others };
}

describe('a fault of message runs', () => {
  it.each([
    ['leader-kill', ['SIGKILL b']],
    ['follower-kill', ['SIGKILL a']],
    ['majority-kill', ['SIGKILL b', 'SIGKILL a']],
    ['rolling-restart', ['end c', 'end a', 'end b']],
    ['cluster-restart', ['end b', 'end a', 'end c']],
  ] as const)('%s strikes %j', async (name, expected) => {
    const { cluster, ended } = underFault(name, (strike) => strike?.() ?? Promise.resolve());
    await ended;
    expect(cluster.struck).toEqual(expected);
  });

  it('is written down each time under a key of its own, and healed before the next', async () => {
    const { system, ended, lines } = underFault('leader-kill', TWICE);
    await ended;
    const told = lines().flatMap(({ f, key, type }) =>
      type === 'invoke' ? [`${f} ${key}`] : type === 'ok' ? ['ok'] : [],
    );
    const first = ['inject leader-kill', 'ok', 'heal leader-kill', 'ok'];
    expect(told).toEqual([...first, ...first.map((line) => line.replace('kill', 'kill#2'))]);
    expect(readIntents(system.intentFolder)).toEqual([]);
  });

  it('is none by the name of none', async () => {
    const { cluster, ended } = underFault('none', async (strike) => expect(strike).toBeUndefined());
    await ended;
    expect(cluster.done).toEqual([]);
  });
});
