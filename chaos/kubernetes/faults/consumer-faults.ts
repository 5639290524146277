// Takes the consumers of a queue away, on Kubernetes: the pods from which it is consumed are kept from working until it is healed.

import { consumerPause } from '../../faults/consumer-pause.ts';
import type { KubernetesSystem } from '../system.ts';
import { type KubernetesFault, meshFault } from './mesh-fault.ts';
import { podChaos } from './pod-strikes.ts';
import type { Victim } from './victims.ts';

type Options = { readonly queue: string };

export const consumerPodsPause: KubernetesFault<Options> = meshFault({
  name: consumerPause.name,
  about:
    'puts a pause image in the place of the pods that consume from a queue (PodChaos pod-failure); a backlog grows meanwhile',
  options: consumerPause.options,
  lasting: () => true,
  strike: async (system, { queue }, durationS) => {
    const consumers = await consumersOf(system, queue);
    const pods = consumers.map(({ pod }) => pod);
    const parts = [...new Set(consumers.map(({ part }) => part))];
    const objects = [podChaos(system, { pods, how: 'failed', durationS })];
    return { objects, pods, parts, down: pods.map(({ name }) => name), endsLives: true };
  },
});

/** Rejects when one of them is no pod of the platform: then it could not be paused. */
async function consumersOf({ broker, pods }: KubernetesSystem, queue: string): Promise<readonly Victim[]> {
  const addresses = await broker.consumers(queue);
  if (addresses === null) throw new Error(`there is no queue ${queue}`);
  if (addresses.length === 0) throw new Error(`nobody consumes from the queue ${queue}`);
  const all = await Promise.all(pods.parts.map(async (part) => (await pods.of(part)).map((pod) => ({ pod, part }))));
  return addresses.map((address) => {
    const found = all.flat().find(({ pod }) => pod.address === address);
    if (found === undefined) throw new Error(`who consumes from ${queue} at ${address} is no pod of the platform`);
    return found;
  });
}
