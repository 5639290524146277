import { expect, it } from 'vitest';
import type { ClusterStatus } from '../../testbed/kubernetes/kubernetes.ts';
import { checkCluster } from './check-clusters.ts';

const READY: ClusterStatus = {
  instance: 'main',
  folder: '/x/main',
  adminKubeconfig: '/x/main/kubeconfig-admin.json',
  kubeconfig: '/x/main/kubeconfig.json',
  context: 'stampede-main',
  targetFile: '/x/main/target.json',
  subnet: '198.18.4.0/24',
  supervisor: { pid: 7, alive: true },
  complete: true,
  ready: true,
  processes: [],
  pods: [],
};

it('a cluster that is up is fine, and how to end it is said', () => {
  expect(checkCluster('main', READY)).toEqual({
    name: 'cluster main',
    health: 'ok',
    seen: 'up on 198.18.4.0/24; to end it: npx stampede cluster down --instance main',
  });
});

it('a cluster that a run uses is left alone', () => {
  const check = checkCluster('main', { ...READY, ready: false }, true);
  expect(check).toMatchObject({ health: 'ok', seen: expect.stringContaining('a run uses it just now') });
  expect(JSON.stringify(check)).not.toContain('down');
});

it('a cluster that was left half made, or whose supervisor or pods are gone, is told with the way out', () => {
  const advice = expect.stringContaining('npx stampede cluster down --instance main');
  expect(checkCluster('main', null)).toMatchObject({ health: 'limited', seen: 'half made', advice });
  const pod = {
    name: 'payments-1',
    address: null,
    phase: 'Running',
    restarts: 3,
    ready: false,
    problem: 'CrashLoopBackOff',
  };
  const broken = { ...READY, ready: false, supervisor: { pid: null, alive: false }, pods: [pod] };
  const seen = 'the supervisor is gone; payments-1 CrashLoopBackOff';
  expect(checkCluster('main', broken)).toMatchObject({ health: 'limited', seen, advice });
});
