import { readFileSync, statSync } from 'node:fs';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTargetFile } from '../lib/config/target-file.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { Target } from '../lib/model/target.ts';
import type { Instance } from '../testbed/instance.ts';
import { type ClusterStatus, clusterInstance } from '../testbed/kubernetes/kubernetes.ts';
import { onlyRun, stampede, verdictOf } from './harness/stampede.ts';
import { fixedFolders, tracesOf } from './harness/traces-of-a-cluster.ts';

const name = `cluster-test-${process.pid}`;
const before = fixedFolders();
const runs = temporaryFolder();
let instance: Instance;
let target: Target;
let status: ClusterStatus;

beforeAll(async () => {
  const { exitCode, stderr } = await stampede('cluster', 'up', '--instance', name);
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
  instance = clusterInstance(name);
  target = readTargetFile(instance.targetFile);
  status = JSON.parse((await stampede('cluster', 'status', '--instance', name, '--json')).stdout);
});

afterAll(async () => {
  await stampede('cluster', 'down', '--instance', name);
});

function api(kubeconfig: string): CoreV1Api {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return config.makeApiClient(CoreV1Api);
}

describe('a cluster', () => {
  it('is up: a node that is ready, every process and every pod', async () => {
    expect(status).toMatchObject({ instance: name, complete: true, ready: true });
    expect(status.pods.filter(({ name: pod }) => pod.startsWith('rabbitmq-server-'))).toHaveLength(3);
    const { items } = await api(status.adminKubeconfig).listNode();
    const conditions = items.flatMap((node) => node.status?.conditions?.find(({ type }) => type === 'Ready') ?? []);
    expect(conditions.map(({ status: isReady }) => isReady)).toEqual(['True']);
    expect(items[0]?.status?.nodeInfo?.kubeletVersion).toBe('v1.34.2');
  });

  it('has three broker nodes in one cluster, and a queue with a replica on each', async () => {
    const ask = async (path: string) => {
      const { managementUrl = '', user, password } = target.broker ?? {};
      const token = Buffer.from(`${user}:${readFileSync((password ?? '').slice('file:'.length), 'utf8')}`);
      const headers = { authorization: `Basic ${token.toString('base64')}` };
      return (await fetch(`${managementUrl}/api/${path}`, { headers })).json();
    };
    const nodes = (await ask('nodes?columns=name,running')) as { readonly running: boolean }[];
    expect(nodes.map(({ running }) => running)).toEqual([true, true, true]);
    const queue = (await ask('queues/%2F/orders?disable_stats=true')) as { readonly online: readonly string[] };
    expect(new Set(queue.online).size).toBe(3);
  });

  it('is there already for who asks twice', async () => {
    const { exitCode, stdout } = await stampede('cluster', 'up', '--instance', name);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, `cluster ${name} is already up`]);
  });

  it('gives the suite the least rights, in a file for its owner alone', async () => {
    expect(statSync(status.kubeconfig).mode & 0o777).toBe(0o600);
    expect(statSync(status.adminKubeconfig).mode & 0o777).toBe(0o600);
    const { namespace = '', clusterUid } = target.kubernetes ?? {};
    const suite = api(status.kubeconfig);
    expect((await suite.readNamespace({ name: 'kube-system' })).metadata?.uid).toBe(clusterUid);
    expect((await suite.listNamespacedPod({ namespace })).items.length).toBeGreaterThan(10);
    const forbidden = { code: 403 };
    await expect(suite.deleteNamespacedPod({ namespace, name: 'database-0' })).rejects.toMatchObject(forbidden);
    await expect(suite.listNamespacedSecret({ namespace })).rejects.toMatchObject(forbidden);
    await expect(suite.listNamespacedPod({ namespace: 'kube-system' })).rejects.toMatchObject(forbidden);
  });

  it('passes a smoke gate', async () => {
    const call = ['gate', '--target', instance.targetFile, '--profile', 'smoke', '--runs', runs];
    const { exitCode, stdout, stderr } = await stampede(...call);
    expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, output: '' });
    expect(verdictOf(onlyRun(runs)).orders.acknowledged).toBeGreaterThan(200);
  });

  it('leaves nothing when it is taken down', async () => {
    const { number } = JSON.parse(readFileSync(instance.planFile, 'utf8')).addresses;
    const subnets = [`198.18.${number}.`, `198.19.${number}.`];
    // The means of the search have to find what is there, or their silence would prove nothing.
    const standing = tracesOf(instance, subnets).join('\n');
    for (const trace of ['namespace ', 'route ', 'address ', 'cgroup', 'mountinfo', 'containerd-shim']) {
      expect(standing).toContain(trace);
    }
    expect(await stampede('cluster', 'down', '--instance', name)).toMatchObject({ exitCode: 0 });
    expect(tracesOf(instance, subnets)).toEqual([]);
    expect(fixedFolders()).toEqual(before);
    expect(await stampede('cluster', 'status', '--instance', name)).toMatchObject({ exitCode: 69 });
  });
});
