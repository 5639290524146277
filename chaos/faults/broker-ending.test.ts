import { expect, it } from 'vitest';
import { FakeCluster } from '../broker/testing/fake-cluster.ts';
import { inFastTime } from '../broker/testing/fast-time.ts';
import { brokerKill } from './broker-kill.ts';
import { REHEARSAL } from './fault.ts';

const OPTIONS = { role: 'majority', queue: 'q', restartedBy: 'supervisor' } as const;

it('says whom it will strike before anything is done, and afterwards whose lives ended', async () => {
  const cluster = new FakeCluster();
  const intent = await brokerKill.aim(cluster.system, OPTIONS, REHEARSAL);
  expect(intent).toMatchObject({ nodes: ['b', 'a'], queue: 'q' });
  expect(cluster.done).toEqual([]);
  const ended = [
    { process: 'b', life: 'b/0' },
    { process: 'a', life: 'a/0' },
  ];
  expect(await brokerKill.inject(cluster.system, intent)).toEqual({ ended });
  expect(cluster.struck).toEqual(['SIGKILL b', 'SIGKILL a']);
});

it('has not struck a node that lives on as before', async () => {
  const cluster = new FakeCluster();
  cluster.deaf = 'a';
  const intent = await brokerKill.aim(cluster.system, OPTIONS, REHEARSAL);
  const struck = inFastTime(() => brokerKill.inject(cluster.system, intent));
  await expect(struck).rejects.toThrow('a still runs as before, 60 s long');
});

it.each([
  ['no leader', { leader: null, members: [], online: [], messages: 0 }],
  ['no queue', null],
])('has nobody to strike where there is %s', async (_what, view) => {
  const cluster = new FakeCluster();
  cluster.views = [view];
  await expect(brokerKill.aim(cluster.system, OPTIONS, REHEARSAL)).rejects.toThrow(
    'the queue q has no leader at present',
  );
});
