import { expect, it } from 'vitest';
import { FakeCluster } from '../broker/testing/fake-cluster.ts';
import { inFastTime } from '../broker/testing/fast-time.ts';
import { brokerRollingRestart } from './broker-rolling-restart.ts';
import { REHEARSAL } from './fault.ts';

async function restarted(cluster: FakeCluster, signal?: AbortSignal) {
  const intent = await brokerRollingRestart.aim(cluster.system, { queue: 'q' }, REHEARSAL);
  return brokerRollingRestart.inject(cluster.system, intent, signal);
}

it('restarts the leader last, and the next node only when all is well after the one before', async () => {
  const cluster = new FakeCluster();
  cluster.problems = ['c does not answer', null];
  await restarted(cluster);
  expect(cluster.done).toEqual(['end c', 'ask', 'ask', 'end a', 'ask', 'end b']);
});

it('says of each strike whose life it ended, and how long after the first it was', async () => {
  const { inTurn } = (await restarted(new FakeCluster())) as {
    inTurn: readonly { afterMs: number; effect: unknown }[];
  };
  expect(inTurn.map(({ effect }) => effect)).toEqual(
    ['c', 'a', 'b'].map((process) => ({ ended: [{ process, life: `${process}/0` }] })),
  );
  const times = inTurn.map(({ afterMs }) => afterMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[2]).toBeGreaterThan(0);
});

it('does not count as struck what lives on as before', async () => {
  const cluster = new FakeCluster();
  cluster.deaf = 'c';
  await expect(inFastTime(() => restarted(cluster))).rejects.toThrow('c still runs as before, 60 s long');
  expect(cluster.struck).toEqual(['end c']);
});

it('strikes no further node when the run is stopped, and does not wait until all is well', async () => {
  const cluster = new FakeCluster();
  cluster.problems = ['c does not answer'];
  const stop = new AbortController();
  const ended = restarted(cluster, stop.signal);
  await expect.poll(() => cluster.done.at(-1)).toBe('ask');
  stop.abort(new Error('stopped'));
  await expect(ended).rejects.toThrow('stopped');
  expect(cluster.struck).toEqual(['end c']);
});
