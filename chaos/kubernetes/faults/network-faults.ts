// The faults of the network, on Kubernetes: NetworkChaos between pods that are named, where the kernels of their nodes can do it.

import type { KernelSkill } from '../../../lib/model/target.ts';
import type { RoleOptions } from '../../faults/broker-nodes.ts';
import { brokerPartition } from '../../faults/broker-partition.ts';
import { linkBandwidth } from '../../faults/link-bandwidth.ts';
import type { LinkOptions } from '../../faults/link-faults.ts';
import { linkHalfOpen } from '../../faults/link-half-open.ts';
import { linkLatency } from '../../faults/link-latency.ts';
import { networkCut } from '../../faults/network-cut.ts';
import type { Pod } from '../pods.ts';
import type { NetworkChaosSpec } from '../shapes/network-chaos.ts';
import type { KubernetesSystem } from '../system.ts';
import { type KubernetesFault, meshFault, type Strike } from './mesh-fault.ts';
import { exactly, nodesOf, podsInRole, podsOfParts } from './victims.ts';

type CutOptions = { readonly services: readonly string[]; readonly from: 'broker' | 'database' };
type LatencyOptions = LinkOptions & { readonly latencyMs: number; readonly jitterMs: number };
type BandwidthOptions = LinkOptions & { readonly kilobytesPerS: number };

const lasting = () => true;

export const brokerPodPartition: KubernetesFault<RoleOptions> = meshFault({
  name: brokerPartition.name,
  about:
    "cuts the broker's pods of a role off from the others; clients still reach all of them (NetworkChaos partition)",
  options: brokerPartition.options,
  lasting,
  impossible: (system) => lack(system, 'packet-filter', ['broker']),
  strike: async (system, options, durationS) => {
    const side = await podsInRole(system, options);
    const others = (await podsOfParts(system, ['broker'])).filter(({ name }) => !side.some((pod) => pod.name === name));
    const spec = between(system, side, others, { action: 'partition', direction: 'both', duration: `${durationS}s` });
    const smaller = side.length < others.length ? side : others;
    const down = smaller.map(({ name }) => name);
    return { ...network(spec, side), parts: ['broker'], queue: options.queue, down };
  },
});

export const podsCut: KubernetesFault<CutOptions> = meshFault({
  name: networkCut.name,
  about: "cuts services off from all of the broker's pods, or from the database (NetworkChaos partition)",
  options: networkCut.options,
  lasting,
  impossible: (system, { services }) => lack(system, 'packet-filter', services),
  strike: (system, { services, from }, durationS) => cutOff(system, services, from, durationS),
});

export const podsHalfOpen: KubernetesFault<LinkOptions> = meshFault({
  name: linkHalfOpen.name,
  about:
    'lets no packet pass between services and the broker or the database; connections stay open (NetworkChaos partition)',
  options: linkHalfOpen.options,
  lasting,
  impossible: (system, { services }) => lack(system, 'packet-filter', services),
  strike: (system, { services, to }, durationS) => cutOff(system, services, to, durationS),
});

export const podsLatency: KubernetesFault<LatencyOptions> = meshFault({
  name: linkLatency.name,
  about: 'delays whatever the broker, the database or the orders service sends to services (NetworkChaos delay)',
  options: linkLatency.options,
  lasting,
  impossible: (system, { services }) => lack(system, 'netem', services),
  strike: async (system, { services, to, latencyMs, jitterMs }, durationS) => {
    const delay = { latency: `${latencyMs}ms`, jitter: `${jitterMs}ms` };
    const more = { action: 'delay', direction: 'from', delay, duration: `${durationS}s` } as const;
    return onLinks(system, services, to, more);
  },
});

export const podsBandwidth: KubernetesFault<BandwidthOptions> = meshFault({
  name: linkBandwidth.name,
  about:
    'narrows the network between services and the broker, the database or the orders service (NetworkChaos bandwidth)',
  options: linkBandwidth.options,
  lasting,
  impossible: (system, { services }) => lack(system, 'tbf', services),
  strike: async (system, { services, to, kilobytesPerS }, durationS) => {
    // In bytes: what may wait, and what may pass at once.
    const bandwidth = { rate: `${kilobytesPerS}kbps`, limit: 1_000_000, buffer: 10_000 };
    return onLinks(system, services, to, {
      action: 'bandwidth',
      direction: 'both',
      bandwidth,
      duration: `${durationS}s`,
    });
  },
});

type More = Omit<NetworkChaosSpec, 'selector' | 'mode' | 'target'>;

async function cutOff(
  system: KubernetesSystem,
  services: readonly string[],
  from: string,
  durationS: number,
): Promise<Strike> {
  const more = { action: 'partition', direction: 'both', duration: `${durationS}s` } as const;
  return { ...(await onLinks(system, services, from, more)), down: services };
}

async function onLinks(system: KubernetesSystem, services: readonly string[], to: string, more: More): Promise<Strike> {
  const pods = await podsOfParts(system, services);
  const far = await podsOfParts(system, [to]);
  return { ...network(between(system, pods, far, more), pods), parts: services, down: [] };
}

function between(system: KubernetesSystem, side: readonly Pod[], far: readonly Pod[], more: More): NetworkChaosSpec {
  return { ...exactly(system, side), target: exactly(system, far), ...more };
}

function network(spec: NetworkChaosSpec, pods: readonly Pod[]) {
  return { objects: [{ kind: 'NetworkChaos', spec }], pods, endsLives: false } as const;
}

/** Of the nodes on which the parts run. */
async function lack(
  { kernels, pods }: KubernetesSystem,
  skill: KernelSkill,
  parts: readonly string[],
): Promise<string | null> {
  const found = (await Promise.all(parts.map((part) => pods.of(part)))).flat();
  return kernels.lack(skill, nodesOf(found));
}
