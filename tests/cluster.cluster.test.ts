import { readFileSync, statSync } from 'node:fs';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTargetFile } from '../lib/config/target-file.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { Target } from '../lib/model/target.ts';
import type { Instance } from '../testbed/instance.ts';
import { K6_IMAGE } from '../testbed/kubernetes/images/image-names.ts';
import { type ClusterStatus, clusterInstance } from '../testbed/kubernetes/kubernetes.ts';
import { holdsWithin } from '../testbed/processes/poll.ts';
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

  it('has our k6 as an image, for load from within', async () => {
    const namespace = target.kubernetes?.namespace ?? '';
    const container = { name: 'k6', image: K6_IMAGE, imagePullPolicy: 'Never', args: ['version'] };
    const body = { metadata: { name: 'k6-version' }, spec: { restartPolicy: 'Never', containers: [container] } };
    const core = api(status.adminKubeconfig);
    await core.createNamespacedPod({ namespace, body });
    const isOver = async () => {
      const { status: pod } = await core.readNamespacedPod({ namespace, name: 'k6-version' });
      return pod?.phase === 'Succeeded';
    };
    expect(await holdsWithin(60_000, isOver)).toBe(true);
    expect(await core.readNamespacedPodLog({ namespace, name: 'k6-version' })).toContain('k6/x/amqp');
    await core.deleteNamespacedPod({ namespace, name: 'k6-version' });
  });

  it('passes a smoke gate', async () => {
    const call = ['gate', '--target', instance.targetFile, '--profile', 'smoke', '--runs', runs];
    const { exitCode, stdout, stderr } = await stampede(...call);
    expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, output: '' });
    expect(verdictOf(onlyRun(runs)).orders.acknowledged).toBeGreaterThan(200);
  });

  it('leaves nothing when it is taken down', async () => {
    const subnets = subnetsOf(instance);
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

describe('a cluster whose supervisor was killed', () => {
  const orphaned = `${name}-orphaned`;
  afterAll(() => stampede('cluster', 'down', '--instance', orphaned));

  it('says so, and is taken down like any other', async () => {
    const up = await stampede('cluster', 'up', '--no-platform', '--instance', orphaned);
    expect(up, up.stderr).toMatchObject({ exitCode: 0 });
    const made = clusterInstance(orphaned);
    const subnets = subnetsOf(made);
    const seen = JSON.parse((await stampede('cluster', 'status', '--instance', orphaned, '--json')).stdout);
    expect(seen).toMatchObject({ ready: true, targetFile: null });
    process.kill(seen.supervisor.pid, 'SIGKILL');
    const told = await stampede('cluster', 'status', '--instance', orphaned);
    expect(told).toMatchObject({ exitCode: 69, stdout: expect.stringContaining('the supervisor is gone') });
    expect(await stampede('cluster', 'down', '--instance', orphaned)).toMatchObject({ exitCode: 0 });
    expect(tracesOf(made, subnets)).toEqual([]);
  });
});

/** Beginnings of all addresses that are a cluster's own. */
function subnetsOf({ planFile }: Instance): readonly string[] {
  const { number } = JSON.parse(readFileSync(planFile, 'utf8')).addresses;
  return [`198.18.${number}.`, `198.19.${number}.`];
}
