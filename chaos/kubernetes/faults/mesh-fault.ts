// What all faults on Kubernetes have in common: they are objects of Chaos Mesh on pods that were named before, and are undone by deleting them.

import { randomBytes } from 'node:crypto';
import type { Healing } from '../../../lib/model/fault.ts';
import type { Json } from '../../../lib/model/history.ts';
import { poll } from '../../broker/poll.ts';
import { wellProblem } from '../../broker/well.ts';
import type { Fault, JsonObject, Occasion } from '../../faults/fault.ts';
import { HelpedInVain } from '../../faults/helped-in-vain.ts';
import type { ChaosDraft } from '../chaos-mesh.ts';
import { labelsOf } from '../labels.ts';
import { makeAndAwaitInjected, removeAndAwaitGone, stuck } from '../life-of-an-object.ts';
import type { Pod } from '../pods.ts';
import type { KubernetesSystem } from '../system.ts';
import { awaitAnotherLife } from './another-life.ts';
import { restartStranded } from './restart-stranded.ts';

/** What one fault makes of Chaos Mesh. */
export interface Strike {
  /** Struck at the same time, or one after the other. */
  readonly objects: readonly Pick<ChaosDraft, 'kind' | 'spec'>[];
  /** The pods that are struck; of objects in turn, one for each. */
  readonly pods: readonly Pod[];
  /** Parts of the platform that must be as before when it is undone. */
  readonly parts: readonly string[];
  /** A queue that must be whole again. */
  readonly queue?: string;
  /** Pods or parts that do not serve at one moment at most. */
  readonly down: readonly string[];
  /** True: the effect is seen when the pods' containers have ended. Otherwise Chaos Mesh's word is all there is. */
  readonly endsLives: boolean;
  readonly inTurn?: boolean;
}

/** A type, so that it is JSON. */
export type MeshIntent = {
  readonly pods: readonly { readonly name: string; readonly life: string }[];
  readonly namespace: string;
  readonly objects: readonly (JsonObject & { readonly kind: string; readonly name: string })[];
  /** How many pods each part had. */
  readonly parts: { readonly [part: string]: number };
  readonly queue: string | null;
  readonly down: readonly string[];
  readonly endsLives: boolean;
  readonly inTurn: boolean;
  /** Commands by which a person undoes it. */
  readonly undo: readonly string[];
};

export type KubernetesFault<Options extends JsonObject> = Fault<Options, MeshIntent, KubernetesSystem>;

interface Parts<Options extends JsonObject>
  extends Pick<KubernetesFault<Options>, 'name' | 'about' | 'options' | 'lasting'> {
  /** Why it cannot be made there; absent where it always can. */
  readonly impossible?: KubernetesFault<Options>['impossible'];
  readonly strike: (system: KubernetesSystem, options: Options, durationS: number) => Promise<Strike>;
}

/** Beyond its own time, so that the suite ends it and not Chaos Mesh, unless nobody is left who could. */
const DEAD_MANS_SWITCH_S = 30;
/** Kubernetes starts a container that has ended several times again after five minutes at the latest. */
const WELL_LIMIT_MS = 360_000;
/** Longer than nodes of a broker take to find each other again. */
const BY_ITSELF_LIMIT_MS = 60_000;

export function meshFault<Options extends JsonObject>(fault: Parts<Options>): KubernetesFault<Options> {
  const { name, about, options, lasting, impossible = async () => null, strike } = fault;
  return {
    ...{ name, about, options, lasting, impossible },
    aim: async (system, chosen, occasion) => {
      const durationS = Math.ceil((occasion.durationMs ?? 0) / 1000) + DEAD_MANS_SWITCH_S;
      const planned = await strike(system, chosen, durationS);
      const intent = await intentOf(system, planned, { ...occasion, durationS });
      for (const draft of intent.objects) await system.mesh.dryRun(draft as unknown as ChaosDraft);
      return intent;
    },
    downAtOnce: ({ down }) => down,
    inject,
    heal: async (system, intent) => {
      await Promise.all(intent.objects.map(({ kind, name: object }) => removeAndAwaitGone(system.mesh, kind, object)));
      return comeBack(system, intent);
    },
    verifyHealed: async (system, intent) => (await stillThere(system, intent)) ?? unwell(system, intent),
  };
}

async function intentOf(
  { mesh, pods, namespace }: KubernetesSystem,
  strike: Strike,
  { run, key, durationS }: Occasion & { readonly durationS: number },
): Promise<MeshIntent> {
  const labels = labelsOf(run, Date.now() + durationS * 1000);
  const objects = strike.objects.map((object) => ({ ...object, name: nameFor(key), labels }));
  const counts = strike.parts.map(async (part) => [part, (await pods.of(part)).length] as const);
  return {
    pods: strike.pods.map(({ name, life }) => ({ name, life })),
    namespace,
    objects: objects as unknown as MeshIntent['objects'],
    parts: Object.fromEntries(await Promise.all(counts)),
    queue: strike.queue ?? null,
    down: strike.down,
    endsLives: strike.endsLives,
    inTurn: strike.inTurn ?? false,
    undo: objects.map(({ kind, name }) => mesh.commandToDelete(kind, name)),
  };
}

/** Unique: what is found under it is ours. A DNS label. */
function nameFor(key: string): string {
  return `stampede-${key.replace(/[^a-z0-9]+/g, '-')}-${randomBytes(4).toString('hex')}`;
}

/** What was not injected is deleted at once, since it may strike later. */
async function inject(system: KubernetesSystem, intent: MeshIntent, signal?: AbortSignal): Promise<Json> {
  if (intent.inTurn) return injectInTurn(system, intent, signal);
  try {
    return await strikeAll(system, intent, signal);
  } catch (cause) {
    const removals = intent.objects.map(({ kind, name }) => removeAndAwaitGone(system.mesh, kind, name));
    await Promise.allSettled(removals);
    throw cause;
  }
}

async function strikeAll(system: KubernetesSystem, intent: MeshIntent, signal?: AbortSignal): Promise<Json> {
  const drafts = intent.objects as unknown as readonly ChaosDraft[];
  const injected = await Promise.all(drafts.map((draft) => makeAndAwaitInjected(system.mesh, draft, signal)));
  if (intent.endsLives) await awaitAnotherLife(system.pods, intent);
  return { injected, seenBy: intent.endsLives ? 'the lives of the pods' : 'Chaos Mesh alone' };
}

/** Each only when all is well again after the one before. */
async function injectInTurn(system: KubernetesSystem, intent: MeshIntent, signal?: AbortSignal): Promise<Json> {
  const beganMs = performance.now();
  const inTurn: Json[] = [];
  for (const [index, object] of intent.objects.entries()) {
    if (index > 0) await poll(() => unwell(system, intent), WELL_LIMIT_MS);
    signal?.throwIfAborted();
    const one = { ...intent, objects: [object], pods: intent.pods.slice(index, index + 1), inTurn: false };
    const afterMs = performance.now() - beganMs;
    inTurn.push({ afterMs, effect: await inject(system, one, signal) });
  }
  return { inTurn };
}

/** By itself, or with help, which is said. */
async function comeBack(system: KubernetesSystem, intent: MeshIntent): Promise<Healing> {
  const isWell = await poll(() => unwell(system, intent), BY_ITSELF_LIMIT_MS).then(
    () => true,
    () => false,
  );
  if (isWell) return { helped: [] };
  const helped = await restartStranded(system, intent);
  const well = poll(() => unwell(system, intent), WELL_LIMIT_MS);
  await well.catch((cause: Error) => Promise.reject(new HelpedInVain(helped, cause)));
  return { helped };
}

async function stillThere({ mesh }: KubernetesSystem, { objects }: MeshIntent): Promise<string | null> {
  for (const { kind, name } of objects) {
    const left = await mesh.read(kind, name);
    if (left !== null)
      return left.metadata.deletionTimestamp === undefined ? `${kind} ${name} is still there` : stuck(mesh, left);
  }
  return null;
}

/** Of the parts that were struck, and of the queue. */
async function unwell({ pods, broker }: KubernetesSystem, { parts, queue }: MeshIntent): Promise<string | null> {
  for (const [part, count] of Object.entries(parts)) {
    const problem = await pods.problem(part, count);
    if (problem !== null) return problem;
  }
  return queue === null ? null : wellProblem(broker, queue);
}
