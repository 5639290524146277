// Broker nodes that stay apart after a partition is gone: RabbitMQ can take its peers for up and down at once, and then waits for a person.

import { randomBytes } from 'node:crypto';
import { makeAndAwaitInjected, removeAndAwaitGone } from '../life-of-an-object.ts';
import type { KubernetesSystem } from '../system.ts';
import type { MeshIntent } from './mesh-fault.ts';
import { podChaos } from './pod-strikes.ts';

const DURATION_S = 30;

/** Has those nodes that were cut off, and have lived on since, stop properly and come back. Gives their names; none where that is no remedy. */
export async function restartStranded(system: KubernetesSystem, intent: MeshIntent): Promise<readonly string[]> {
  const { queue, endsLives, pods: struck, objects } = intent;
  if (queue === null || endsLives) return [];
  const isStranded = (name: string, life: string) => struck.some((pod) => pod.name === name && pod.life === life);
  const stranded = (await system.pods.of('broker')).filter(({ name, life }) => isStranded(name, life));
  if (stranded.length === 0) return [];
  const name = `stampede-restart-${randomBytes(4).toString('hex')}`;
  const labels = objects[0]?.labels as Readonly<Record<string, string>>;
  const object = podChaos(system, { pods: stranded, how: 'stopped', durationS: DURATION_S });
  await makeAndAwaitInjected(system.mesh, { ...object, name, labels });
  await removeAndAwaitGone(system.mesh, object.kind, name);
  return stranded.map((pod) => pod.name);
}
