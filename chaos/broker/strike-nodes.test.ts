import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BrokerCluster } from '../../lib/model/fault.ts';
import { strikeTogether } from './strike-nodes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const clusterOf = (identity: () => Promise<string | null>): BrokerCluster => ({
  nodes: ['a'],
  identity,
  strike: async () => undefined,
  start: async () => undefined,
  queue: async () => null,
  nodeProblem: async () => null,
  problem: async () => null,
});

async function outcomeOf(cluster: BrokerCluster): Promise<string> {
  const said = strikeTogether(cluster, ['a'], 'kill').then(
    () => 'struck',
    (cause: Error) => cause.message,
  );
  vi.advanceTimersByTime(61_000);
  return said;
}

it('does not count as struck what lives on as before', async () => {
  expect(await outcomeOf(clusterOf(async () => 'a/1'))).toBe('a still runs as before, 60 s long');
});

it('does not count as struck what did not run before', async () => {
  expect(await outcomeOf(clusterOf(async () => null))).toBe('a still runs as before, 60 s long');
});

it('counts as struck what is seen gone', async () => {
  const lives = ['a/1', 'a/1', null];
  expect(await outcomeOf(clusterOf(async () => (lives.length > 1 ? (lives.shift() ?? null) : null)))).toBe('struck');
});
