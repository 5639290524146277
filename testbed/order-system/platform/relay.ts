// The outbox relay: publishes what a context has kept in its outbox, and deletes only what the broker has taken charge of.

import type { Logger } from 'pino';
import type { Database } from './database.ts';
import type { ServiceMetrics } from './metrics.ts';
import { claimDue, deleteTaken, postpone } from './outbox.ts';
import type { ConfirmingPublisher, OutgoingMessage } from './publisher.ts';

/** Messages that a sweep claims and publishes together. */
const BATCH_MESSAGES = 100;
/** Messages handed over but not yet settled; beyond that the sweep takes care of them, at its own pace. */
const IN_FLIGHT_LIMIT = 1000;
/** How long rows of taken messages wait, to be deleted together. */
const DELETE_DELAY_MS = 50;
const SWEEP_INTERVAL_MS = 250;

export interface RelayParts {
  readonly sql: Database;
  readonly schema: string;
  readonly publisher: ConfirmingPublisher;
  /** False while there is no connection to publish on. */
  readonly canPublish: () => boolean;
  readonly metrics: ServiceMetrics;
  readonly log: Logger;
}

/**
 * A process hands over what it has just committed, which is published at once; a sweep finds what was left behind by a
 * process that died or by a broker that did not answer. Any number of relays may work on the same outbox.
 */
export class OutboxRelay {
  readonly #parts: RelayParts;
  readonly #inFlight = new Set<Promise<void>>();
  #inFlightMessages = 0;
  #taken: string[] = [];
  #deleting: NodeJS.Timeout | undefined;
  #sweeping: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: RelayParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#sweeping = setTimeout(() => void this.#sweepAndGoOn(), SWEEP_INTERVAL_MS);
  }

  /** Publishes messages whose rows were committed a moment ago. Never throws: what fails stays in the outbox for the sweep. */
  handOver(messages: readonly OutgoingMessage[]): void {
    if (messages.length === 0 || !this.#parts.canPublish() || this.#inFlightMessages > IN_FLIGHT_LIMIT) return;
    const work = this.#publish(messages).catch((error) => this.#failed(error));
    this.#inFlight.add(work);
    this.#inFlightMessages += messages.length;
    void work.then(() => {
      this.#inFlight.delete(work);
      this.#inFlightMessages -= messages.length;
    });
  }

  /** Settles what is in flight, publishes what is due, and ends. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#sweeping);
    await Promise.all(this.#inFlight);
    await this.#sweep();
    await this.#deleteTaken();
  }

  async #sweepAndGoOn(): Promise<void> {
    await this.#sweep();
    if (!this.#stopped) this.start();
  }

  async #sweep(): Promise<void> {
    const { sql, schema, canPublish } = this.#parts;
    try {
      for (let more = canPublish(); more; ) {
        const claimed = await claimDue(sql, schema, BATCH_MESSAGES);
        if (claimed.length > 0) await this.#publish(claimed);
        more = claimed.length === BATCH_MESSAGES && canPublish();
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  async #publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const { sql, schema, publisher, metrics, log } = this.#parts;
    const outcomes = await publisher.publish(messages);
    for (const outcome of outcomes) metrics.published.inc({ outcome });
    const idsWith = (taken: boolean) =>
      messages.filter((_, at) => (outcomes[at] === 'taken') === taken).map((message) => message.messageId);
    this.#deleteSoon(idsWith(true));
    const left = idsWith(false);
    if (left.length === 0) return;
    log.warn({ left, outcomes: [...new Set(outcomes)] }, 'messages were not taken, will be sent again');
    await postpone(sql, schema, left);
  }

  #deleteSoon(messageIds: readonly string[]): void {
    this.#taken.push(...messageIds);
    this.#deleting ??= setTimeout(() => void this.#deleteTaken(), DELETE_DELAY_MS);
  }

  /** Rows that can't be deleted now are published again later: consumers expect that. */
  async #deleteTaken(): Promise<void> {
    clearTimeout(this.#deleting);
    this.#deleting = undefined;
    const taken = this.#taken;
    this.#taken = [];
    if (taken.length === 0) return;
    await deleteTaken(this.#parts.sql, this.#parts.schema, taken).catch((error) => this.#failed(error));
  }

  #failed(error: unknown): void {
    this.#parts.log.warn({ error: String(error) }, 'outbox relay failed, will try again');
  }
}
