// Whom faults on Kubernetes strike, and how Chaos Mesh is told: always by the names of pods, so that those are struck that were shown.

import type { RoleOptions } from '../../faults/broker-nodes.ts';
import { nodesInRole } from '../../faults/roles.ts';
import type { Pod } from '../pods.ts';
import type { Selector } from '../shapes/selector.ts';
import type { KubernetesSystem } from '../system.ts';

export interface Victim {
  readonly pod: Pod;
  /** The part of the platform that it belongs to. */
  readonly part: string;
}

/** One pod of the part, the first that is ready; or the broker's pod of that name. Rejects when none is ready. */
export async function podOfProcess({ pods }: KubernetesSystem, process: string): Promise<Victim> {
  const isPart = pods.parts.includes(process);
  const part = isPart || !pods.parts.includes('broker') ? process : 'broker';
  const all = await pods.of(part);
  const candidates = isPart ? all : all.filter(({ name }) => name === process);
  if (candidates.length === 0) throw new Error(`there is no ${process}; there are ${pods.parts.join(', ')}`);
  const pod = candidates.find(({ isReady, isEnding }) => isReady && !isEnding);
  if (pod === undefined) throw new Error(`no pod of ${process} is ready, so none can be struck`);
  return { pod, part };
}

/** All pods of these parts, none of which may be ending. */
export async function podsOfParts({ pods }: KubernetesSystem, parts: readonly string[]): Promise<readonly Pod[]> {
  const found = (await Promise.all(parts.map((part) => pods.of(part)))).flat();
  const ending = found.find(({ isEnding }) => isEnding);
  if (ending !== undefined) throw new Error(`${ending.name} is ending, so it cannot be struck`);
  if (found.length === 0) throw new Error(`${parts.join(', ')} have no pods`);
  return found;
}

/** The broker's pods in this role, leader first where it is among them. Rejects when one of them is not ready. */
export async function podsInRole(system: KubernetesSystem, { queue, role }: RoleOptions): Promise<readonly Pod[]> {
  const names = await nodesInRole(system.broker, queue, role);
  const all = await system.pods.of('broker');
  return names.map((name) => {
    const pod = all.find((each) => each.name === name);
    if (pod === undefined || !pod.isReady) throw new Error(`${name} is not ready, so it cannot be struck`);
    return pod;
  });
}

/** Selects exactly these. */
export function exactly({ namespace }: KubernetesSystem, pods: readonly Pod[]): { selector: Selector; mode: 'all' } {
  if (pods.length === 0) throw new Error('nobody would be struck');
  return { selector: { namespaces: [namespace], pods: { [namespace]: pods.map(({ name }) => name) } }, mode: 'all' };
}

export function nodesOf(pods: readonly Pod[]): readonly string[] {
  return [...new Set(pods.map(({ node }) => node))];
}
