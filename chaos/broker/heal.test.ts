import { describe, expect, it } from 'vitest';
import { heal, livesOf } from './heal.ts';
import { FakeCluster, VIEW } from './testing/fake-cluster.ts';
import { inFastTime } from './testing/fast-time.ts';

async function aimedAt(change: Partial<FakeCluster> = {}) {
  const cluster = new FakeCluster();
  const before = await livesOf(cluster.system);
  Object.assign(cluster, change);
  return { cluster, healed: () => heal(cluster.system, 'q', before) };
}

describe('healing a cluster', () => {
  it('has every node started, and is over when cluster, leader and all members are there', async () => {
    const problems = ['sees 2 of 3 nodes running', null];
    const views = [{ ...VIEW, leader: null }, { ...VIEW, online: ['b', 'c'] }, VIEW];
    const { cluster, healed } = await aimedAt({ problems, views });
    expect(await healed()).toEqual({ helped: [] });
    expect(cluster.done).toEqual(['start a', 'start b', 'start c', 'ask', 'ask', 'ask', 'ask']);
  });

  it('does not wait for a queue that is gone: its messages tell that', async () => {
    const { healed } = await aimedAt({ views: [null] });
    await expect(healed()).resolves.toEqual({ helped: [] });
  });

  it.each([
    ['lives on and serves nobody', { stranded: 'c' }],
    ['lives on and serves nobody, while the others wait for it', { stranded: 'c', waits: true }],
    ['serves, while its member of the queue is dead', { memberless: 'c' }],
  ])('restarts a node that %s, and names it', async (_what, change) => {
    const { cluster, healed } = await aimedAt(change);
    expect(await inFastTime(healed)).toEqual({ helped: ['c'] });
    expect(cluster.struck).toEqual(['SIGKILL c']);
  });

  it.each([
    ['serves nobody', { stranded: 'b' }, 'b refuses connections, 180 s long'],
    ['has no member of the queue', { memberless: 'b' }, 'the queue q has no leader, 180 s long'],
  ])('leaves a node alone that %s, was restarted already, and takes long', async (_what, change, message) => {
    const { cluster, healed } = await aimedAt();
    await cluster.system.processes.signal('b', 'SIGKILL');
    Object.assign(cluster, change);
    await expect(inFastTime(healed)).rejects.toThrow(message);
    expect(cluster.struck).toEqual(['SIGKILL b']);
  });
});
