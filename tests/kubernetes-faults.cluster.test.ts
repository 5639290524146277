import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { poll } from '../chaos/broker/poll.ts';
import { sweep } from '../chaos/engine/sweep.ts';
import type { AnyFault, JsonObject } from '../chaos/faults/fault.ts';
import type { ChaosStatus } from '../chaos/kubernetes/shapes/status.ts';
import { type KubernetesScene, kubernetesScene } from '../chaos/targets/kubernetes-scene.ts';
import { ownCluster } from './harness/own-cluster.ts';
import { stampede } from './harness/stampede.ts';
import { type StandIn, standInPlatform } from './harness/stand-in-platform.ts';

const cluster = ownCluster('faults', ['--no-platform']);
let standIn: StandIn;
let scene: KubernetesScene;

beforeAll(async () => {
  standIn = await standInPlatform(cluster.status());
  scene = await kubernetesScene(standIn.targetFile());
});

afterEach(() => standIn.renewPods());
afterAll(() => standIn?.remove());

const SUPERVISED = { process: 'payments', restartedBy: 'supervisor' };
const HEALED = { process: 'payments', restartedBy: 'heal' };
const occasion = (durationMs: number | null = null) => ({ run: 'cluster-test', key: 'fault', durationMs });

function fault(name: string): AnyFault {
  const found = scene.faultNamed(name);
  if (found === undefined) throw new Error(`no fault ${name}`);
  return found;
}

async function healAll(name: string, intent: JsonObject): Promise<void> {
  await fault(name).heal(scene.system, intent);
  expect(await fault(name).verifyHealed(scene.system, intent)).toBeNull();
  expect(await scene.system.traces()).toEqual([]);
}

const isRecovered = ({ conditions = [] }: ChaosStatus) =>
  conditions.some(({ type, status }) => type === 'AllRecovered' && status === 'True');
const payments = () => scene.system.pods.of('payments');

describe('a fault on Kubernetes is seen, healed from elsewhere, and healed twice', () => {
  it.each([
    ['process-kill', SUPERVISED],
    ['process-stop', SUPERVISED],
    ['container-kill', { process: 'payments' }],
  ])('%s is over at once', async (name, options) => {
    const before = await payments();
    const intent = await fault(name).aim(scene.system, options, occasion());
    expect(await fault(name).inject(scene.system, intent)).toMatchObject({ seenBy: 'the lives of the pods' });
    await healAll(name, intent);
    await healAll(name, intent);
    const lives = (await payments()).map(({ life }) => life);
    expect(before.filter(({ life }) => !lives.includes(life))).toHaveLength(1);
  });

  it('process-stop that lasts has another image in the place of the pod until it is healed', async () => {
    const intent = await fault('process-stop').aim(scene.system, HEALED, occasion(60_000));
    await fault('process-stop').inject(scene.system, intent);
    expect(await fault('process-stop').verifyHealed(scene.system, intent)).not.toBeNull();
    expect(await scene.system.traces()).toHaveLength(1);
    await healAll('process-stop', intent);
  });

  it('network-cut lets no packet pass', async () => {
    const cut = fault('link-half-open');
    const options = { services: ['payments'], to: 'orders-api' };
    expect(await cut.impossible(scene.system, options)).toBeNull();
    const intent = await cut.aim(scene.system, options, occasion(60_000));
    expect(await cut.inject(scene.system, intent)).toMatchObject({ seenBy: 'Chaos Mesh alone' });
    expect(await cut.verifyHealed(scene.system, intent)).not.toBeNull();
    await healAll('link-half-open', intent);
  });
});

describe('what nobody answers for', () => {
  it('is found by its label and removed by a sweep', async () => {
    const intent = await fault('process-stop').aim(scene.system, HEALED, occasion(60_000));
    await fault('process-stop').inject(scene.system, intent);
    const { exitCode, stdout } = await stampede('chaos', 'sweep', '--kubernetes', '--target', standIn.targetFile());
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('All healed: 1 leftover'),
    });
    await healAll('process-stop', intent);
  });

  it('is ended by Chaos Mesh itself when its duration is over', async () => {
    const intent = await fault('process-stop').aim(scene.system, HEALED, occasion(1_000));
    await fault('process-stop').inject(scene.system, intent);
    const [object] = intent.objects as readonly { readonly name: string }[];
    // 30 s of grace for who should heal.
    await poll(async () => {
      const { status } = (await scene.system.mesh.read('PodChaos', object?.name ?? '')) ?? {};
      return status?.experiment.desiredPhase === 'Stop' && isRecovered(status) ? null : 'it is on';
    }, 60_000);
    expect(await scene.system.traces()).toHaveLength(1);
    await healAll('process-stop', intent);
  });
});

describe('a Chaos Mesh that is half away', () => {
  it('without its controller is refused in words before anything is made', async () => {
    await cluster.stop('chaos-controller-manager');
    try {
      // Its webhooks are away with it: the API server refuses even a dry run.
      await expect(fault('process-kill').aim(scene.system, SUPERVISED, occasion())).rejects.toThrow(/500|webhook/);
    } finally {
      await cluster.start('chaos-controller-manager');
    }
    expect(await scene.system.traces()).toEqual([]);
  });

  it('without its daemon injects nothing: that is said, and what was made is deleted', async () => {
    const kill = fault('container-kill');
    const intent = await kill.aim(scene.system, { process: 'payments' }, occasion());
    const before = await payments();
    await cluster.stop('chaos-daemon');
    try {
      await expect(kill.inject(scene.system, intent)).rejects.toThrow('was never injected');
      expect(await scene.system.traces()).toEqual([]);
    } finally {
      await cluster.start('chaos-daemon');
    }
    await healAll('container-kill', intent);
    expect(await payments()).toEqual(before);
  });
});

describe('an object that does not go', () => {
  it('is told of with the exact command, and a sweep ends with 7', async () => {
    const stop = fault('process-stop');
    const intent = await stop.aim(scene.system, HEALED, occasion(60_000));
    await stop.inject(scene.system, intent);
    await cluster.stop('chaos-controller-manager');
    try {
      await expect(stop.heal(scene.system, intent)).rejects.toThrow(
        /kubectl --context \S+ -n \S+ annotate podchaos stampede-fault-\S+ chaos-mesh\.chaos-mesh\.org\/cleanFinalizer=forced/,
      );
      const swept = sweep(scene.system, { faultNamed: scene.faultNamed, say: () => undefined });
      await expect(swept).rejects.toMatchObject({ exitCode: 7 });
    } finally {
      await cluster.start('chaos-controller-manager');
    }
    await healAll('process-stop', intent);
  });
});

describe('an API server that is away for 20 s', () => {
  it('is waited for: the fault is healed when it is back', async () => {
    const stop = fault('process-stop');
    const intent = await stop.aim(scene.system, HEALED, occasion(60_000));
    await stop.inject(scene.system, intent);
    await cluster.stop('kube-apiserver');
    const healed = stop.heal(scene.system, intent);
    await pause(20_000);
    await cluster.start('kube-apiserver');
    await healed;
    await healAll('process-stop', intent);
  });
});
