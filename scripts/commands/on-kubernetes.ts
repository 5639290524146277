// A platform on Kubernetes around one experiment: shown first, broken only when its name was typed, and held by a lease meanwhile.

import { resolve } from 'node:path';
import type { KubernetesScene } from '../../chaos/targets/kubernetes-scene.ts';
import { readTargetFile } from '../../lib/config/target-file.ts';
import { alignColumns } from '../../reports/render/table.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import { prepare } from '../setup/prepare.ts';
import type { ExperimentOptions, ExperimentTools } from './run-experiment.ts';
import { withTargetLock } from './target-lock.ts';
import { type Context, withInterrupt } from './with-interrupt.ts';

/** Throws when something that is to be done on this platform could not be meant. */
export type SceneCheck = (scene: KubernetesScene) => void;

/** Rejects (64, 69) before anything is made when the cluster is not the one that is meant, lets us not do what faults need, or fails the check. */
export async function openScene(targetFile: string, check: SceneCheck = () => {}): Promise<KubernetesScene> {
  // Its client takes most of a second to load: only for those who need it.
  const { kubernetesScene } = await import('../../chaos/targets/kubernetes-scene.ts');
  const scene = await kubernetesScene(resolve(targetFile));
  check(scene);
  return scene;
}

/** What would be there to strike: every pod of every part. */
export async function describePods({ system }: KubernetesScene): Promise<string> {
  const { pods, namespace, cluster } = system;
  const rows = pods.parts.map(async (part) => {
    const found = await pods.of(part);
    return [`  ${part}`, found.map(({ name, isReady }) => (isReady ? name : `${name} (not ready)`)).join(', ')];
  });
  const lines = alignColumns(await Promise.all(rows));
  return [`pods in the namespace ${namespace} of ${cluster.context}:`, ...lines, ''].join('\n');
}

/** Nobody else breaks it meanwhile, from whatever machine. */
export async function onKubernetes(
  targetFile: string,
  { runs, check }: ExperimentOptions & { readonly check: SceneCheck },
  work: (tools: ExperimentTools) => Promise<void>,
): Promise<void> {
  const target = readTargetFile(targetFile);
  makeFolder(runs);
  const { k6 } = await prepare({ needs: ['k6'] });
  await withTargetLock(target, () =>
    withInterrupt((context) =>
      held(targetFile, { ...context, check }, (scene) => work({ ...context, k6, target, scene })),
    ),
  );
}

/** The pods are said before anything is done. */
export async function held<T>(
  targetFile: string,
  { progress, check }: Pick<Context, 'progress'> & { readonly check?: SceneCheck },
  work: (scene: KubernetesScene) => Promise<T>,
): Promise<T> {
  const scene = await openScene(targetFile, check);
  progress.say((await describePods(scene)).trimEnd());
  const { whileLeased } = await import('../../chaos/kubernetes/lease.ts');
  return whileLeased(scene.system.cluster, scene.system.namespace, () => work(scene));
}
