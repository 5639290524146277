// The life of a Chaos Mesh object: made, seen to have struck, deleted, seen to be gone.

import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosDraft, ChaosMesh, ChaosObject } from './chaos-mesh.ts';
import type { ChaosKind } from './kinds.ts';
import type { ChaosRecord } from './shapes/status.ts';

/** The controller selects as soon as it sees the object. */
const SELECTED_LIMIT_MS = 10_000;
/** Injected within a second, as a rule. */
const INJECTED_LIMIT_MS = 30_000;
/** A healthy delete takes a second. */
const GONE_LIMIT_MS = 45_000;
const LOOK_EVERY_MS = 200;

/** What was struck, as JSON. */
export type Injected = {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly records: string[];
};

/** Objects are looked at five times a second, not watched: watches of the client fall silent without a word. */
export async function makeAndAwaitInjected(
  mesh: ChaosMesh,
  draft: ChaosDraft,
  signal?: AbortSignal,
): Promise<Injected> {
  const { metadata } = await mesh.create(draft);
  const { kind, name } = draft;
  const selected = await until(mesh, draft, { isReached: isSelected, limitMs: SELECTED_LIMIT_MS, signal });
  if (!isSelected(selected)) throw new Error(`${kind} ${name} has selected nothing: ${troubleOf(selected)}`);
  const injected = await until(mesh, draft, { isReached: isInjected, limitMs: INJECTED_LIMIT_MS, signal });
  if (!isInjected(injected)) throw new Error(`${kind} ${name} was never injected: ${troubleOf(injected)}`);
  return { kind, name, uid: metadata.uid, records: recordsOf(injected).map(({ id }) => id) };
}

/** Resolves when the object is gone: its finalizer goes only when all was undone. Rejects with what a person can do when it stays. */
export async function removeAndAwaitGone(mesh: ChaosMesh, kind: ChaosKind, name: string): Promise<void> {
  await mesh.remove(kind, name);
  const left = await until(mesh, { kind, name }, { isReached: (found) => found === null, limitMs: GONE_LIMIT_MS });
  if (left !== null) throw new Error(stuck(mesh, left));
}

/** A finalizer is never forced by the suite itself: that would leave the fault on, with nobody left who knows of it. */
export function stuck(mesh: ChaosMesh, left: ChaosObject): string {
  const { kind, metadata } = left;
  return [
    `${kind} ${metadata.name} in ${mesh.namespace} was deleted and does not go: ${troubleOf(left)}.`,
    'If Chaos Mesh cannot be brought to undo it (is its controller running?), look at the pods, undo by hand what is left in them, and only then run',
    `${mesh.commandToForce(kind, metadata.name)}`,
    'WARNING: that removes the object WITHOUT undoing the fault; restart the pods that it struck afterwards. See docs/runbooks/stuck-finalizer.md',
  ].join('\n');
}

interface Goal {
  readonly isReached: (found: ChaosObject | null) => boolean;
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Gives the object as last seen, whether or not the goal was reached. A look that fails is followed by another while there is time. */
async function until(
  mesh: ChaosMesh,
  { kind, name }: Pick<ChaosDraft, 'kind' | 'name'>,
  { isReached, limitMs, signal }: Goal,
): Promise<ChaosObject | null> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const found = await mesh.read(kind, name).catch((cause: Error) => cause);
    const isOver = performance.now() >= endMs;
    if (found instanceof Error && isOver) throw found;
    if (!(found instanceof Error) && (isOver || isReached(found))) return found;
    signal?.throwIfAborted();
    await pause(LOOK_EVERY_MS);
  }
}

function recordsOf(found: ChaosObject | null): readonly ChaosRecord[] {
  return found?.status?.experiment?.containerRecords ?? [];
}

function isTrue(found: ChaosObject | null, type: string): boolean {
  return found?.status?.conditions?.some((each) => each.type === type && each.status === 'True') ?? false;
}

function isSelected(found: ChaosObject | null): boolean {
  return isTrue(found, 'Selected') && recordsOf(found).length > 0;
}

function isInjected(found: ChaosObject | null): boolean {
  return isSelected(found) && isTrue(found, 'AllInjected');
}

/** The last thing that went wrong, in Chaos Mesh's own words. */
function troubleOf(found: ChaosObject | null): string {
  if (found === null) return 'it is not there';
  const events = recordsOf(found).flatMap(({ id, events: of = [] }) => of.map((event) => ({ id, ...event })));
  const failed = events.filter(({ type }) => type === 'Failed').at(-1);
  if (failed !== undefined) return `${failed.operation} of ${failed.id} failed: ${failed.message ?? 'no reason given'}`;
  if (found.status?.conditions === undefined) return 'no controller of Chaos Mesh has looked at it';
  return `its conditions are ${found.status.conditions.map(({ type, status }) => `${type}=${status}`).join(' ')}`;
}
