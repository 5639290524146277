import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { poll } from '../chaos/broker/poll.ts';
import { readIntents } from '../chaos/engine/intent-files.ts';
import type { ChaosObject } from '../chaos/kubernetes/chaos-mesh.ts';
import { RUN_LABEL } from '../chaos/kubernetes/labels.ts';
import { type KubernetesScene, kubernetesScene } from '../chaos/targets/kubernetes-scene.ts';
import { readTargetFile } from '../lib/config/target-file.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { killSuite } from '../scripts/dev/suite-process.ts';
import { allPids, commandLineOf } from '../testbed/processes/process-tree.ts';
import { ownCluster } from './harness/own-cluster.ts';
import { linesOf, onlyRun, stampede, start, verdictOf } from './harness/stampede.ts';

const cluster = ownCluster('experiments');
const USERS = '30';

const targetFile = () => cluster.status().targetFile ?? '';

function commandFor(experiment: string, runs: string): readonly string[] {
  const place = ['--target', targetFile(), '--execute', '--environment', readTargetFile(targetFile()).name];
  return ['chaos', 'run', experiment, ...place, '--users', USERS, '--runs', runs];
}

async function conducted(experiment: string) {
  const runs = temporaryFolder();
  return { ended: await stampede(...commandFor(experiment, runs)), runs };
}

describe('on a real Kubernetes, with the rights of the suite alone', () => {
  it.each([
    ['orders-service-kill', 2],
    ['payments-service-kill', 1],
    ['payments-container-kill', 1],
    ['payments-down', 1],
    ['broker-leader-kill', 1],
    ['broker-partition-minority', 1],
  ])('%s takes effect, loses and doubles nothing, and is healed', async (experiment, faults) => {
    const { ended, runs } = await conducted(experiment);
    const said = ended.exitCode === 0 ? '' : `${ended.stdout}${ended.stderr}`;
    const { orders, chaos } = verdictOf(onlyRun(runs));
    expect({ exitCode: ended.exitCode, said }).toEqual({ exitCode: 0, said: '' });
    expect(chaos?.faults).toHaveLength(faults);
    for (const fault of chaos?.faults ?? []) {
      expect(fault).toMatchObject({ effectSeen: true, complaint: null, healedMs: expect.any(Number) });
    }
    expect(orders).toMatchObject({ fates: { lost: 0, stuck: 0 }, duplicated: 0 });
    expect(orders.acknowledged).toBeGreaterThan(100);
  });

  it('what cannot be made there is inconclusive with its reason, and nothing is made', async () => {
    const { ended, runs } = await conducted('payments-freeze');
    expect(ended).toMatchObject({
      exitCode: 5,
      stdout: expect.stringContaining('cannot stop a process without ending it'),
    });
    expect(linesOf(join(onlyRun(runs), 'chaos.ndjson')).filter(({ f }) => f === 'inject')).toEqual([]);
  });
});

describe('a suite that is killed outright while a fault is on', () => {
  const objects = ({ system }: KubernetesScene) => system.mesh.labelled('PodChaos', RUN_LABEL);
  const isOn = (all: readonly ChaosObject[]) => all.some(({ status }) => isTrue(status, 'AllInjected'));
  const isTrue = (status: ChaosObject['status'], type: string) =>
    status?.conditions?.some((each) => each.type === type && each.status === 'True') ?? false;

  /** Resolves when the fault is on; gives what kills the suite. */
  async function underWay(scene: KubernetesScene): Promise<() => Promise<void>> {
    const folder = temporaryFolder();
    const file = join(folder, 'experiment.json');
    const method = [{ fault: 'process-stop', options: { process: 'payments', restartedBy: 'heal' }, forS: 20 }];
    const steady = { conditions: [{ figure: 'users', atLeast: 1 }], forS: 1, withinS: 30 };
    writeFileSync(file, JSON.stringify({ name: 'mine', about: 'a test', loadS: 60, steady, guards: [], method }));
    const { child, ended } = start(commandFor(file, join(folder, 'runs')));
    await poll(async () => (isOn(await objects(scene)) ? null : 'no fault is on'), 120_000);
    return async () => {
      expect(await killSuite(child.pid ?? 0)).toBe(true);
      await ended;
    };
  }

  function killWatchdog(): void {
    const isIts = (pid: number) => commandLineOf(pid).some((part) => part.endsWith('/watchdog-main.ts'));
    const found = allPids().filter((pid) => isIts(pid) && commandLineOf(pid).includes(targetFile()));
    expect(found).toHaveLength(1);
    for (const pid of found) process.kill(pid, 'SIGKILL');
  }

  it('leaves a watchdog behind, which heals', async () => {
    const scene = await kubernetesScene(targetFile());
    const kill = await underWay(scene);
    await kill();
    await poll(async () => ((await scene.system.traces()).length === 0 ? null : 'it is there'), 120_000);
    await poll(async () => scene.system.problem(), 120_000);
    await poll(async () => (readIntents(scene.system.intentFolder).length === 0 ? null : 'it stands'), 120_000);
  });

  it('and its watchdog with it, is survived: Chaos Mesh ends the fault by itself, and a sweep removes what is left', async () => {
    const scene = await kubernetesScene(targetFile());
    const kill = await underWay(scene);
    killWatchdog();
    await kill();
    const isOver = (all: readonly ChaosObject[]) =>
      all.every(({ status }) => status?.experiment.desiredPhase === 'Stop' && isTrue(status, 'AllRecovered'));
    await poll(async () => (isOver(await objects(scene)) ? null : 'the fault is on'), 120_000);
    await poll(async () => scene.system.problem(), 120_000);
    expect(await objects(scene)).toHaveLength(1);
    // The lease of the dead suite is free after 30 s, which its fault has outlasted.
    const swept = await stampede('chaos', 'sweep', '--kubernetes', '--target', targetFile());
    expect(swept).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('All healed') });
    expect(await scene.system.traces()).toEqual([]);
    expect(readIntents(scene.system.intentFolder)).toEqual([]);
  });
});
