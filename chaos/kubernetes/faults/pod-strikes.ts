// PodChaos on pods that are named: at once, properly, for as long as it lasts, or only their containers.

import type { Pod } from '../pods.ts';
import type { PodChaosSpec } from '../shapes/pod-chaos.ts';
import type { KubernetesSystem } from '../system.ts';
import type { Strike } from './mesh-fault.ts';
import { exactly } from './victims.ts';

/** As long as a broker node may take to hand over what it has. */
const PROPER_STOP_S = 60;

export type How = 'killed' | 'stopped' | 'failed' | 'containers killed';

interface Struck {
  readonly pods: readonly Pod[];
  readonly how: How;
  readonly durationS: number;
}

/** One object for all of the pods. */
export function podChaos(system: KubernetesSystem, { pods, how, durationS }: Struck): Strike['objects'][number] {
  const spec: PodChaosSpec = { ...exactly(system, pods), ...actionOf(how, pods), duration: `${durationS}s` };
  return { kind: 'PodChaos', spec };
}

function actionOf(how: How, pods: readonly Pod[]): Pick<PodChaosSpec, 'action' | 'gracePeriod' | 'containerNames'> {
  switch (how) {
    case 'killed':
      return { action: 'pod-kill', gracePeriod: 0 };
    case 'stopped':
      return { action: 'pod-kill', gracePeriod: PROPER_STOP_S };
    case 'failed':
      return { action: 'pod-failure' };
    case 'containers killed':
      return { action: 'container-kill', containerNames: [...new Set(pods.flatMap(({ containers }) => containers))] };
  }
}
