// The kinds of Chaos Mesh objects that are typed, and how any kind is named in the API.

import type Type from 'typebox';
import { networkChaosShape } from './shapes/network-chaos.ts';
import { podChaosShape } from './shapes/pod-chaos.ts';
import { stressChaosShape } from './shapes/stress-chaos.ts';

export const GROUP = 'chaos-mesh.org';
export const VERSION = 'v1alpha1';

export const SPEC_SHAPES = {
  PodChaos: podChaosShape,
  NetworkChaos: networkChaosShape,
  StressChaos: stressChaosShape,
} as const;

export type TypedKind = keyof typeof SPEC_SHAPES;
export type Specs = { readonly [K in TypedKind]: Type.Static<(typeof SPEC_SHAPES)[K]> };

/** Any other kind that Chaos Mesh knows, such as `IOChaos`, goes the same way with a spec that nobody checks here. */
export type ChaosKind = TypedKind | (string & {});
export type SpecOf<K extends ChaosKind> = K extends TypedKind ? Specs[K] : Readonly<Record<string, unknown>>;

/** Name of a kind in paths; Chaos Mesh makes no plural forms. */
export function pluralOf(kind: ChaosKind): string {
  return kind.toLowerCase();
}

/** Whether it is over as soon as it was injected: such an object never recovers, and its `duration` ends nothing. */
export function isOneShot(kind: ChaosKind, spec: { readonly action?: unknown }): boolean {
  return kind === 'PodChaos' && (spec.action === 'pod-kill' || spec.action === 'container-kill');
}
