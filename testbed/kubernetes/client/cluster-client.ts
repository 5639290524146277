// The API server as the testbed uses it: apply objects, read one, wait for what is read.

import {
  ApiException,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from '@kubernetes/client-node';
import { pollUntil } from '../../processes/poll.ts';

const FIELD_MANAGER = 'stampede';
const POLL_INTERVAL_MS = 300;
const NOT_FOUND = 404;
/** Many connections at a time would only wait for the few processors. */
const AT_ONCE = 4;

/** By which an object is found. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export interface WaitFor<T> {
  readonly signal: AbortSignal;
  /** Why it is not as wanted yet, or null; `undefined`: there is no such object. */
  readonly problem: (object: T | undefined) => string | null;
  /** Is told each answer. */
  readonly note: (problem: string | null) => void;
}

export class ClusterClient {
  readonly config: KubeConfig;
  readonly #objects: KubernetesObjectApi;

  /** With the rights of the kubeconfig's current context. */
  constructor(kubeconfig: string) {
    this.config = new KubeConfig();
    this.config.loadFromFile(kubeconfig);
    this.#objects = KubernetesObjectApi.makeApiClient(this.config);
  }

  /** Server-side: makes them, or makes them as they are here. Some at a time, in no order. */
  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    const open = [...objects];
    const work = async () => {
      for (let next = open.shift(); next !== undefined; next = open.shift()) await this.#applyOne(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** `undefined` when there is none. */
  async read<T extends KubernetesObject>(name: ObjectName): Promise<T | undefined> {
    try {
      return (await this.#objects.read(name)) as unknown as T;
    } catch (error) {
      if (error instanceof ApiException && error.code === NOT_FOUND) return undefined;
      throw error;
    }
  }

  /** Asks until there is no problem. Rejects with the signal's reason. */
  async waitFor<T extends KubernetesObject>(name: ObjectName, { signal, problem, note }: WaitFor<T>): Promise<void> {
    await pollUntil(
      signal,
      async () => {
        const found = problem(await this.read<T>(name));
        note(found);
        return found === null;
      },
      POLL_INTERVAL_MS,
    );
  }

  async #applyOne(object: KubernetesObject): Promise<void> {
    try {
      await this.#objects.patch(object, undefined, undefined, FIELD_MANAGER, true, PatchStrategy.ServerSideApply);
    } catch (cause) {
      throw new Error(`${object.kind} ${object.metadata?.name} was refused: ${messageOf(cause)}`, { cause });
    }
  }
}

/** The API server's own sentence where there is one. */
function messageOf(error: unknown): string {
  if (!(error instanceof ApiException)) return String(error);
  try {
    return (JSON.parse(error.body as string) as { message?: string }).message ?? error.message;
  } catch {
    return error.message;
  }
}
