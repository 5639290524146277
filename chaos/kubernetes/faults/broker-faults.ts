// The faults of broker nodes by their role, on Kubernetes: a node is one pod of the part `broker`.

import { brokerKill } from '../../faults/broker-kill.ts';
import type { RoleOptions } from '../../faults/broker-nodes.ts';
import { brokerRestart } from '../../faults/broker-restart.ts';
import { brokerRollingRestart } from '../../faults/broker-rolling-restart.ts';
import type { RestartedBy } from '../../faults/process-options.ts';
import type { KubernetesSystem } from '../system.ts';
import { type KubernetesFault, meshFault, type Strike } from './mesh-fault.ts';
import { type How, podChaos } from './pod-strikes.ts';
import { KILLED_COMES_BACK } from './process-faults.ts';
import { podsInRole } from './victims.ts';

type Options = RoleOptions & { readonly restartedBy: RestartedBy };
type QueueOptions = { readonly queue: string };

export const brokerPodKill: KubernetesFault<Options> = meshFault({
  name: brokerKill.name,
  about: "ends the broker's pods of a role at once (PodChaos pod-kill without grace)",
  options: brokerKill.options,
  lasting: ({ restartedBy }) => restartedBy === 'heal',
  impossible: async (_system, { restartedBy }) => (restartedBy === 'heal' ? KILLED_COMES_BACK : null),
  strike: (system, options, durationS) => onRole(system, options, 'killed', durationS),
});

export const brokerPodRestart: KubernetesFault<Options> = meshFault({
  name: brokerRestart.name,
  about:
    "has the broker's pods of a role stop properly, all at the same time: deleted with grace, or, to stay down, with a pause image in their place",
  options: brokerRestart.options,
  lasting: ({ restartedBy }) => restartedBy === 'heal',
  strike: (system, options, durationS) =>
    onRole(system, options, options.restartedBy === 'heal' ? 'failed' : 'stopped', durationS),
});

export const brokerPodsOneByOne: KubernetesFault<QueueOptions> = meshFault({
  name: brokerRollingRestart.name,
  about: "deletes the broker's pods with grace, one by one, followers of a queue first (PodChaos pod-kill)",
  options: brokerRollingRestart.options,
  lasting: () => false,
  strike: async (system, { queue }, durationS) => {
    const pods = (await podsInRole(system, { role: 'all', queue })).toReversed();
    const objects = pods.map((pod) => podChaos(system, { pods: [pod], how: 'stopped', durationS }));
    const down = pods.slice(0, 1).map(({ name }) => name);
    return { objects, pods, parts: ['broker'], queue, down, endsLives: true, inTurn: true };
  },
});

async function onRole(system: KubernetesSystem, options: RoleOptions, how: How, durationS: number): Promise<Strike> {
  const pods = await podsInRole(system, options);
  const down = pods.map(({ name }) => name);
  const objects = [podChaos(system, { pods, how, durationS })];
  return { objects, pods, parts: ['broker'], queue: options.queue, down, endsLives: true };
}
