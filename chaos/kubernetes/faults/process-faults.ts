// The faults of single processes, on Kubernetes: a process is one pod of its part.

import { processKill } from '../../faults/process-kill.ts';
import type { EndingOptions, ProcessOptions } from '../../faults/process-options.ts';
import { objectOf, processSchema } from '../../faults/process-options.ts';
import { processStop } from '../../faults/process-stop.ts';
import type { KubernetesSystem } from '../system.ts';
import { type KubernetesFault, meshFault, type Strike } from './mesh-fault.ts';
import { type How, podChaos } from './pod-strikes.ts';
import { podOfProcess } from './victims.ts';

/** Kubernetes brings back whatever is killed, so nothing that was killed stays down. */
export const KILLED_COMES_BACK =
  'what is killed on Kubernetes is started again at once; for something that stays down, stop it properly ("restartedBy": "heal" of process-stop or broker-restart)';

export const podKill: KubernetesFault<EndingOptions> = meshFault({
  name: processKill.name,
  about: 'ends a pod of the part at once (PodChaos pod-kill without grace); a new one takes its place',
  options: processKill.options,
  lasting: ({ restartedBy }) => restartedBy === 'heal',
  impossible: async (_system, { restartedBy }) => (restartedBy === 'heal' ? KILLED_COMES_BACK : null),
  strike: (system, { process }, durationS) => onOnePod(system, process, 'killed', durationS),
});

export const podStop: KubernetesFault<EndingOptions> = meshFault({
  name: processStop.name,
  about:
    'has a pod of the part stop properly: deleted with grace, or, to stay down, with a pause image in its place (PodChaos pod-kill, pod-failure)',
  options: processStop.options,
  lasting: ({ restartedBy }) => restartedBy === 'heal',
  strike: (system, { process, restartedBy }, durationS) =>
    onOnePod(system, process, restartedBy === 'heal' ? 'failed' : 'stopped', durationS),
});

export const containerKill: KubernetesFault<ProcessOptions> = meshFault({
  name: 'container-kill',
  about: 'ends the containers of a pod of the part at once; the pod and its address stay (PodChaos container-kill)',
  options: objectOf({ process: processSchema }),
  lasting: () => false,
  strike: (system, { process }, durationS) => onOnePod(system, process, 'containers killed', durationS),
});

async function onOnePod(system: KubernetesSystem, process: string, how: How, durationS: number): Promise<Strike> {
  const { pod, part } = await podOfProcess(system, process);
  return {
    objects: [podChaos(system, { pods: [pod], how, durationS })],
    pods: [pod],
    parts: [part],
    down: [pod.name],
    endsLives: true,
  };
}
