import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whileLeased } from '../chaos/kubernetes/lease.ts';
import { type KubernetesScene, kubernetesScene } from '../chaos/targets/kubernetes-scene.ts';
import { ownCluster } from './harness/own-cluster.ts';
import { stampede } from './harness/stampede.ts';
import { type StandIn, standInPlatform } from './harness/stand-in-platform.ts';

const cluster = ownCluster('refusals', ['--no-platform']);
let standIn: StandIn;
let scene: KubernetesScene;

beforeAll(async () => {
  standIn = await standInPlatform(cluster.status());
  scene = await kubernetesScene(standIn.targetFile());
});

afterAll(() => standIn?.remove());

/** Everything of Chaos Mesh in the namespace, as the administrator sees it. */
async function objectsThere(): Promise<readonly string[]> {
  const place = { group: 'chaos-mesh.org', version: 'v1alpha1', namespace: standIn.namespace };
  const lists = ['podchaos', 'networkchaos', 'stresschaos'].map((plural) =>
    standIn.custom.listNamespacedCustomObject({ ...place, plural }),
  );
  const items = (await Promise.all(lists)).flatMap(({ items }) => items as { metadata: { name: string } }[]);
  return items.map(({ metadata }) => metadata.name);
}

describe('before anything is made', () => {
  it('the right target file is taken', async () => {
    expect(await scene.system.problem()).toBeNull();
  });

  it.each([
    ['another context', { context: 'nowhere' }, 64, 'has no context "nowhere"'],
    ['another cluster', { clusterUid: '00000000-0000-0000-0000-000000000000' }, 64, 'leads to another cluster'],
    ['kube-system', { namespace: 'kube-system' }, 64, 'kubernetes.namespace must be'],
    ['the namespace of Chaos Mesh', { namespace: 'chaos-mesh' }, 64, 'kubernetes.namespace must be'],
    ['a namespace without rights', { namespace: 'default' }, 69, "the suite's user may not, in the namespace default"],
    ['labels that no pod has', { workloads: { payments: { app: 'nobody' } } }, 69, 'no pod has the labels of payments'],
    [
      'labels of two parts at once',
      {
        workloads: {
          payments: { 'app.kubernetes.io/name': 'payments' },
          other: { 'app.kubernetes.io/name': 'payments' },
        },
      },
      64,
      'has the labels of payments and of other',
    ],
    ['no kubeconfig', { kubeconfig: '/nowhere/kubeconfig' }, 64, 'the kubeconfig /nowhere/kubeconfig cannot be read'],
  ])('%s is refused, and nothing is made', async (_what, change, exitCode, message) => {
    const experiment = ['chaos', 'run', 'orders-service-kill', '--target', standIn.targetFile(change)];
    const ended = await stampede(...experiment, '--execute', '--environment', 'stand-in');
    expect(ended).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
    expect(await objectsThere()).toEqual([]);
  });

  it('a name that was not typed is refused with 64', async () => {
    const experiment = ['chaos', 'run', 'orders-service-kill', '--target', standIn.targetFile()];
    expect(await stampede(...experiment, '--execute')).toMatchObject({ exitCode: 64 });
    expect(await stampede(...experiment, '--execute', '--environment', 'another')).toMatchObject({ exitCode: 64 });
    expect(await objectsThere()).toEqual([]);
  });

  it('a dry run shows every pod, asks the API server and makes nothing', async () => {
    const { exitCode, stdout } = await stampede(
      'chaos',
      'run',
      'payments-service-kill',
      '--target',
      standIn.targetFile(),
    );
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/payments +payments-\S+, payments-/),
    });
    expect(stdout).toMatch(/would strike now: .*"kind":"PodChaos"/);
    expect(stdout).toMatch(/kubectl --context \S+ -n \S+ delete podchaos stampede-process-kill-/);
    expect(await objectsThere()).toEqual([]);
  });

  it('a second experiment is refused while one holds the lease, and let in afterwards', async () => {
    const { cluster: api, namespace } = scene.system;
    await whileLeased(api, namespace, async () => {
      const second = whileLeased(api, namespace, async () => 'in');
      await expect(second).rejects.toMatchObject({ exitCode: 69, message: expect.stringContaining('under way') });
    });
    expect(await whileLeased(api, namespace, async () => 'in')).toBe('in');
  });

  it('what a kernel cannot do is impossible, with the reason', async () => {
    const latency = scene.faultNamed('link-latency');
    const options = { services: ['payments'], to: 'orders-api', latencyMs: 100, jitterMs: 0 };
    const reason = await latency?.impossible(scene.system, options);
    // What the kernel of this machine says, the fault must say.
    const { lackHere } = await import('../chaos/kubernetes/node-kernel.ts');
    expect(reason).toBe(await lackHere('netem'));
  });
});

describe('rights', () => {
  it('that are missing are named, with 69', async () => {
    const { namespace, rbac } = standIn;
    const role = await rbac.readNamespacedRole({ name: 'stampede', namespace });
    const rules = role.rules?.map((rule) =>
      rule.apiGroups?.includes('chaos-mesh.org')
        ? { ...rule, verbs: rule.verbs.filter((verb) => verb !== 'delete') }
        : rule,
    );
    await rbac.replaceNamespacedRole({ name: 'stampede', namespace, body: { ...role, rules: rules ?? [] } });
    try {
      await expect(kubernetesScene(standIn.targetFile())).rejects.toMatchObject({
        exitCode: 69,
        message: expect.stringContaining('delete podchaos, delete networkchaos, delete stresschaos'),
      });
    } finally {
      const now = await rbac.readNamespacedRole({ name: 'stampede', namespace });
      await rbac.replaceNamespacedRole({ name: 'stampede', namespace, body: { ...now, rules: role.rules ?? [] } });
    }
    await kubernetesScene(standIn.targetFile());
  });
});
