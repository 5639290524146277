import { expect, it } from 'vitest';
import type { BrokerCluster } from '../../lib/model/fault.ts';
import { restartOneByOne, strikeTogether } from './strike-nodes.ts';
import { inFastTime } from './testing/fast-time.ts';

const clusterOf = (identity: () => Promise<string | null>): BrokerCluster => ({
  nodes: ['a'],
  identity,
  strike: async () => undefined,
  start: async () => undefined,
  queue: async () => null,
  nodeProblem: async () => null,
  problem: async () => null,
});

const strike = (cluster: BrokerCluster) => inFastTime(() => strikeTogether(cluster, ['a'], 'kill'));

it('does not count as struck what lives on as before', async () => {
  await expect(strike(clusterOf(async () => 'a/1'))).rejects.toThrow('a still runs as before, 60 s long');
});

it('does not count as struck what did not run before', async () => {
  await expect(strike(clusterOf(async () => null))).rejects.toThrow('a still runs as before, 60 s long');
});

it('counts as struck what is seen gone', async () => {
  const lives = ['a/1', 'a/1', null];
  const cluster = clusterOf(async () => (lives.length > 1 ? (lives.shift() ?? null) : null));
  expect(await strikeTogether(cluster, ['a'], 'kill')).toEqual({ struck: [{ node: 'a', life: 'a/1' }] });
});

it('says of strikes in turn how long after the first each of them was', async () => {
  const lives = new Map([
    ['a', 1],
    ['b', 1],
  ]);
  const cluster: BrokerCluster = {
    ...clusterOf(async () => null),
    identity: async (node) => `${node}/${lives.get(node)}`,
    strike: async (node) => void lives.set(node, 2),
  };
  const { inTurn } = await restartOneByOne(cluster, ['a', 'b'], 'orders');
  expect(inTurn.map(({ effect }) => effect)).toEqual([
    { struck: [{ node: 'a', life: 'a/1' }] },
    { struck: [{ node: 'b', life: 'b/1' }] },
  ]);
  const [first, second] = inTurn.map(({ afterMs }) => afterMs);
  expect(first).toBeLessThan(second ?? 0);
});
