// Watches the platform's broker and database during a run and writes their figures to observations.ndjson.

import { appendFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { DEAD_LETTERS, DEADLOCKS, type Observation, QUEUE_DEPTH } from '../lib/model/evidence.ts';
import type { Target } from '../lib/model/target.ts';
import type { BrokerReader } from './broker-reader.ts';
import type { PlatformStore } from './platform-store.ts';

const LOOK_EVERY_MS = 2_000;

export interface Observed {
  readonly target: Target;
  readonly store: PlatformStore | undefined;
  readonly broker: BrokerReader | undefined;
  /** Path of observations.ndjson. */
  readonly file: string;
  readonly nowMs: () => number;
}

/** Looks every two seconds until stopped. A look that fails leaves a gap, which the checkers see. */
export class Observer {
  readonly #observed: Observed;
  readonly #stop = new AbortController();
  readonly #watching: Promise<void>;
  #failures = 0;
  #lastFailure = '';

  constructor(observed: Observed) {
    this.#observed = observed;
    this.#watching = this.#watch();
  }

  /**
   * Watches for `lagMs`, the time by which figures are late, and then until every consumer's queue is empty, `limitMs` at most; true when
   * that was seen.
   */
  async backlogGone({ lagMs, limitMs }: { lagMs: number; limitMs: number }, signal: AbortSignal): Promise<boolean> {
    const { target, store, nowMs } = this.#observed;
    if (target.broker === undefined && store === undefined) return false;
    await pause(lagMs, undefined, { signal }).catch(() => undefined);
    const deadlineMs = nowMs() + limitMs;
    do {
      const seen = await this.#look().catch(() => null);
      const backlog = seen?.filter(({ metric }) => metric === QUEUE_DEPTH);
      if (backlog?.every(({ value }) => value === 0)) return true;
      await pause(LOOK_EVERY_MS / 2, undefined, { signal }).catch(() => undefined);
    } while (!signal.aborted && nowMs() < deadlineMs);
    return false;
  }

  /** Ends the watch; gives what kept it from looking, or `null`. */
  async stop(): Promise<string | null> {
    this.#stop.abort();
    await this.#watching;
    return this.#failures === 0 ? null : `${this.#failures} looks failed, the last one: ${this.#lastFailure}`;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#look().catch((cause: Error) => {
        this.#failures += 1;
        this.#lastFailure = cause.message;
      });
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<Observation[]> {
    const { target, store, broker, file, nowMs } = this.#observed;
    const base = { v: 1, timeMs: nowMs() } as const;
    const [depths, deadlocks] = await Promise.all([broker?.depths() ?? [], store?.deadlocks()]);
    const seen: Observation[] = depths.map(({ queue, deadLetters, depthMessages }) => ({
      ...base,
      source: 'broker',
      metric: deadLetters ? DEAD_LETTERS : QUEUE_DEPTH,
      name: queue,
      value: depthMessages,
    }));
    if (deadlocks !== undefined && target.database !== undefined) {
      seen.push({ ...base, source: 'database', metric: DEADLOCKS, name: target.database.database, value: deadlocks });
    }
    if (seen.length > 0) await appendFile(file, seen.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return seen;
  }
}
