// Objects of Chaos Mesh in one namespace: made, read and deleted as they are, with patience for an API server in trouble.

import type { Cluster } from './cluster.ts';
import { type ChaosKind, GROUP, pluralOf, type SpecOf, VERSION } from './kinds.ts';
import { persist, statusOf } from './persist.ts';
import type { ChaosStatus } from './shapes/status.ts';

/** An object to be made. */
export interface ChaosDraft<K extends ChaosKind = ChaosKind> {
  readonly kind: K;
  /** A DNS label; unique, so that an answer that was lost can be asked for. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: SpecOf<K>;
}

export interface ChaosObject<K extends ChaosKind = ChaosKind> {
  readonly kind: K;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
  };
  readonly spec: SpecOf<K>;
  readonly status?: ChaosStatus;
}

/** Chaos Mesh makes and removes these by itself, for what it does to single pods. */
const OWN_BOOKS = new Set(['PodNetworkChaos', 'PodIOChaos', 'PodHttpChaos']);

/** While nothing is on yet, soon enough to give up. */
const MAKE = { limitMs: 10_000 };
/** What is on must be undone: an API server that is away for a while is waited for. */
const UNDO = { limitMs: 90_000 };
/** No graceful period of ours: Chaos Mesh's own finalizer is what is waited for. Foreground hangs up to Chaos Mesh 2.8.4. */
const PROPAGATION = 'Background';

export class ChaosMesh {
  readonly namespace: string;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, namespace: string) {
    this.#cluster = cluster;
    this.namespace = namespace;
  }

  /** Rejects when the API server, or a webhook, would refuse it. Nothing is made. */
  async dryRun(draft: ChaosDraft): Promise<void> {
    await this.#create(draft, 'All');
  }

  /** Also when the answer to an earlier attempt was lost: who finds its own object there has made it. */
  async create<K extends ChaosKind>(draft: ChaosDraft<K>): Promise<ChaosObject<K>> {
    try {
      return (await this.#create(draft)) as ChaosObject<K>;
    } catch (cause) {
      const found = statusOf(cause) === 409 ? await this.read(draft.kind, draft.name) : null;
      if (found === null || !isMadeFrom(found, draft)) throw cause;
      return found as ChaosObject<K>;
    }
  }

  /** `null` when it is not there. */
  async read(kind: ChaosKind, name: string): Promise<ChaosObject | null> {
    const ask = () => this.#cluster.custom.getNamespacedCustomObject({ ...this.#place(kind), name });
    return orNull(persist(`reading ${kind} ${name}`, ask, MAKE)) as Promise<ChaosObject | null>;
  }

  /** Kinds of faults that this cluster knows. */
  async kinds(): Promise<readonly ChaosKind[]> {
    const ask = () => this.#cluster.custom.getAPIResources({ group: GROUP, version: VERSION });
    const { resources } = await persist('listing the kinds of Chaos Mesh', ask, MAKE);
    const kinds = resources.map(({ kind }) => kind).filter((kind) => kind.endsWith('Chaos') && !OWN_BOOKS.has(kind));
    return [...new Set(kinds)];
  }

  /** Those with this label, of one kind; none where the cluster does not know the kind, or lets us not see it: then none is ours. */
  async labelled(kind: ChaosKind, labelSelector: string): Promise<readonly ChaosObject[]> {
    const ask = () => this.#cluster.custom.listNamespacedCustomObject({ ...this.#place(kind), labelSelector });
    const list = await persist(`listing ${kind}`, ask, MAKE).catch((cause: unknown) => {
      if ([403, 404].includes(statusOf(cause) ?? 0)) return { items: [] };
      throw cause;
    });
    return (list as { readonly items: ChaosObject[] }).items.map((item) => ({ ...item, kind }));
  }

  /** Asks for its end, which is not there yet when this resolves. One that is gone is no failure. */
  async remove(kind: ChaosKind, name: string): Promise<void> {
    const request = { ...this.#place(kind), name, propagationPolicy: PROPAGATION };
    const ask = () => this.#cluster.custom.deleteNamespacedCustomObject(request);
    await orNull(persist(`deleting ${kind} ${name}`, ask, UNDO));
  }

  /** For a person. */
  commandToDelete(kind: ChaosKind, name: string): string {
    return `${this.#kubectl()} delete ${pluralOf(kind)} ${name}`;
  }

  /** For a person: its end whatever its finalizer says, and WITHOUT undoing anything. */
  commandToForce(kind: ChaosKind, name: string): string {
    return `${this.#kubectl()} annotate ${pluralOf(kind)} ${name} chaos-mesh.chaos-mesh.org/cleanFinalizer=forced`;
  }

  #kubectl(): string {
    return `kubectl --context ${this.#cluster.context} -n ${this.namespace}`;
  }

  #create({ kind, name, labels, spec }: ChaosDraft, dryRun?: 'All'): Promise<unknown> {
    const body = { apiVersion: `${GROUP}/${VERSION}`, kind, metadata: { name, labels }, spec };
    const request = { ...this.#place(kind), body, fieldValidation: 'Strict', ...(dryRun && { dryRun }) };
    const what = dryRun === undefined ? 'creating' : 'trying';
    return persist(`${what} ${kind} ${name}`, () => this.#cluster.custom.createNamespacedCustomObject(request), MAKE);
  }

  #place(kind: ChaosKind) {
    return { group: GROUP, version: VERSION, namespace: this.namespace, plural: pluralOf(kind) };
  }
}

function isMadeFrom({ metadata }: ChaosObject, { labels }: ChaosDraft): boolean {
  return Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value);
}

function orNull(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch((cause: unknown) => {
    if (statusOf(cause) === 404) return null;
    throw cause;
  });
}
