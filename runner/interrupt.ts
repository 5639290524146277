// Stopping a run from outside: the first signal ends the load and keeps the verdict honest, the second one ends the waiting too.

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

  /** Aborted by the first signal: end the load, then read back what became of the orders. */
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

  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.#handler);
  }

  #onSignal(signal: NodeJS.Signals): void {
    if (this.#interruption !== null) {
      this.#say('stopping without further reads');
      this.#everything.abort();
      return;
    }
    const by = signal as Interruption['by'];
    this.#interruption = { by, timeMs: this.#clock.nowMs(), reason: `stopped by ${signal}` };
    this.#say(`${signal}: the load ends, what was begun is read back; once more to skip that`);
    this.#load.abort();
  }
}
