// Stopping a run before its plan ends: the first signal, or a guard, ends the load and keeps the verdict honest; a further signal ends the waiting too.

import type { Interruption } from '../lib/model/run.ts';
import { SteadyClock } from './clock.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens from creation until `release`. */
export class Interrupt {
  readonly #load = new AbortController();
  readonly #everything = new AbortController();
  readonly #say: (text: string) => void;
  readonly #clock = new SteadyClock();
  readonly #handler = (signal: NodeJS.Signals) => this.#onSignal(signal);
  #interruption: Interruption | null = null;

  constructor(say: (text: string) => void) {
    this.#say = say;
    for (const signal of SIGNALS) process.on(signal, this.#handler);
  }

  /** Aborted by the first signal or by a guard: end the load, then read back what became of the orders. */
  get stopLoad(): AbortSignal {
    return this.#load.signal;
  }

  /** Aborted by the second signal: report with what is there. */
  get stopEverything(): AbortSignal {
    return this.#everything.signal;
  }

  /** Aborted by the next signal from now on: for waits that begin after the load. */
  get nextStop(): AbortSignal {
    return this.#load.signal.aborted
      ? this.#everything.signal
      : AbortSignal.any([this.#load.signal, this.#everything.signal]);
  }

  get interruption(): Interruption | null {
    return this.#interruption;
  }

  /** Ends the load because going on would measure nothing, or do harm. A run that is being stopped already keeps its first reason. */
  guard(reason: string, by: 'guard' | 'gate' = 'guard'): void {
    if (this.#interruption === null) this.#stopLoad(by, reason);
  }

  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.#handler);
  }

  #onSignal(signal: NodeJS.Signals): void {
    if (this.#interruption !== null) {
      this.#say('stopping without further reads');
      this.#everything.abort();
      return;
    }
    this.#say(`${signal}: the load ends, what was begun is read back; once more to skip that`);
    this.#stopLoad(signal as Interruption['by'], `stopped by ${signal}`);
  }

  #stopLoad(by: Interruption['by'], reason: string): void {
    this.#interruption = { by, timeMs: this.#clock.nowMs(), reason };
    this.#load.abort();
  }
}
