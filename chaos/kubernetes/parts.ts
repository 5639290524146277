// What experiments may name on Kubernetes: the parts that the target file tells of, and the broker's pods.

import type { Parts } from '../engine/parts.ts';
import type { KubernetesSystem } from './system.ts';

/** Queues and connections are the platform's own affair: nobody knows them all. */
export function partsOf({ pods, broker }: Pick<KubernetesSystem, 'pods' | 'broker'>): Parts {
  const { parts } = pods;
  return { processes: [...parts, ...broker.nodes], services: parts, ends: parts, queues: null, links: null };
}
