// A broker cluster that only remembers what was done to its nodes, for tests of what faults do to it.

import type { QueueView } from '../../../lib/model/broker-cluster.ts';
import type { System } from '../../targets/system.ts';

export const NODES = ['a', 'b', 'c'];
export const VIEW: QueueView = { leader: 'b', members: NODES, online: NODES, messages: 7 };

/** Nodes whose every strike begins a new life at once. */
export class FakeCluster {
  /** What was done and asked, in order. */
  readonly done: string[] = [];
  readonly #lives = new Map<string, number>();
  /** Answers to the question for the queue, one after the other; the last one stays. */
  views: (QueueView | null)[] = [VIEW];
  /** The same for the cluster as a whole. */
  problems: (string | null)[] = [null];
  /** Lives on and serves nobody, until it is struck. */
  stranded: string | null = null;
  /** True: while a node is stranded the others wait for it, and no node answers anything. */
  waits = false;
  /** Serves, and its member of the queue is dead, until it is struck. */
  memberless: string | null = null;
  /** Takes every signal, and lives on. */
  deaf: string | null = null;

  /** With nothing but the cluster in it. */
  get system(): System {
    return { processes: this.#processes, broker: this.#broker } as unknown as System;
  }

  /** Nodes that were ended or killed, in order. */
  get struck(): readonly string[] {
    return this.done.filter((what) => /^(end|SIGKILL) /.test(what));
  }

  readonly #processes = {
    names: NODES,
    identity: async (node: string) => `${node}/${this.#lives.get(node) ?? 0}`,
    isFrozen: async () => false,
    isHeld: async () => false,
    problem: async (node: string) => (this.stranded === node ? 'refuses connections' : null),
    signal: async (node: string, signal: string) => {
      if (signal === 'SIGKILL') this.#strike(signal, node);
    },
    end: async (node: string) => this.#strike('end', node),
    start: async (node: string) => void this.done.push(`start ${node}`),
  };

  readonly #broker = {
    nodes: NODES,
    queue: async () => {
      if (this.waits && this.stranded !== null) throw new Error('no broker node answers');
      return this.#view();
    },
    problem: async () => {
      this.done.push('ask');
      if (this.stranded !== null) return `${this.stranded} refuses connections`;
      return next(this.problems);
    },
  };

  #strike(how: string, node: string): void {
    this.done.push(`${how} ${node}`);
    if (this.deaf === node) return;
    if (this.stranded === node) this.stranded = null;
    if (this.memberless === node) this.memberless = null;
    this.#lives.set(node, (this.#lives.get(node) ?? 0) + 1);
  }

  #view(): QueueView | null {
    const view = next(this.views);
    return view && { ...view, online: view.online.filter((node) => node !== this.memberless) };
  }
}

function next<T>(answers: (T | null)[]): T | null {
  return (answers.length > 1 ? answers.shift() : answers[0]) ?? null;
}
