import { expect, it } from 'vitest';
import { podStatus } from './pod-status.ts';

const metadata = { name: 'payments-1' };
const container = { name: 'payments', image: '', imageID: '', ready: true, restartCount: 2 };

it('a pod that serves is ready, and its restarts are counted', () => {
  const status = {
    phase: 'Running',
    podIP: '198.19.7.5',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [container],
  };
  expect(podStatus({ metadata, status })).toEqual({
    name: 'payments-1',
    address: '198.19.7.5',
    phase: 'Running',
    restarts: 2,
    ready: true,
    problem: null,
  });
});

it('a pod that is not ready says why: what its container waits for comes first', () => {
  const conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
  const waiting = { ...container, ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } };
  const told = podStatus({ metadata, status: { phase: 'Running', conditions, containerStatuses: [waiting] } });
  expect(told).toMatchObject({ ready: false, problem: 'CrashLoopBackOff' });
  expect(podStatus({ metadata, status: { phase: 'Running', conditions } })).toMatchObject({
    problem: 'ContainersNotReady',
  });
  expect(podStatus({ metadata })).toMatchObject({ ready: false, phase: 'Unknown', problem: 'is not ready' });
});
