// The outbox relay: publishes what a context has kept in its outbox, and deletes only what the broker has taken charge of.

import type { Logger } from 'pino';
import type { Database } from './database.ts';
import type { ServiceMetrics } from './metrics.ts';
import { claimDue, deleteTaken, postpone } from './outbox.ts';
import type { ConfirmingPublisher, OutgoingMessage } from './publisher.ts';

/** Messages that a sweep claims and publishes together. */
const BATCH_MESSAGES = 100;
/** Messages held at a time; what is handed over beyond that is left to the sweep, which works at its own pace. */
const HELD_LIMIT = 1000;
/** How long rows of taken messages wait, to be deleted together. */
const DELETE_DELAY_MS = 50;
const SWEEP_INTERVAL_MS = 250;

export interface RelayParts {
  readonly database: Database;
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
  /** Ids of messages from the moment they are taken on until their rows are settled; a sweep leaves these alone. */
  readonly #held = new Set<string>();
  readonly #publishing = new Set<Promise<void>>();
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
    if (messages.length === 0 || !this.#parts.canPublish() || this.#held.size >= HELD_LIMIT) return;
    const publishing = this.#publish(messages);
    this.#publishing.add(publishing);
    void publishing.then(() => this.#publishing.delete(publishing));
  }

  /** Settles what is in flight, publishes what is due, and ends. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#sweeping);
    await Promise.all(this.#publishing);
    await this.#sweep();
    await this.#deleteTaken();
  }

  async #sweepAndGoOn(): Promise<void> {
    await this.#sweep();
    if (!this.#stopped) this.start();
  }

  async #sweep(): Promise<void> {
    const { database, schema, canPublish } = this.#parts;
    try {
      for (let more = canPublish(); more; ) {
        const claimed = await claimDue(database.sql, schema, BATCH_MESSAGES, this.#held);
        await this.#publish(claimed);
        more = claimed.length === BATCH_MESSAGES && canPublish();
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  async #publish(messages: readonly OutgoingMessage[]): Promise<void> {
    for (const { messageId } of messages) this.#held.add(messageId);
    const outcomes = await this.#parts.publisher.publish(messages);
    for (const outcome of outcomes) this.#parts.metrics.published.inc({ outcome });
    const idsWith = (taken: boolean) =>
      messages.filter((_, at) => (outcomes[at] === 'taken') === taken).map((message) => message.messageId);
    this.#deleteSoon(idsWith(true));
    await this.#postpone(idsWith(false));
  }

  async #postpone(left: readonly string[]): Promise<void> {
    if (left.length === 0) return;
    const { database, schema, log } = this.#parts;
    log.warn({ left }, 'messages were returned or not confirmed, will be sent again');
    await this.#settle(left, postpone(database.sql, schema, left));
  }

  #deleteSoon(messageIds: readonly string[]): void {
    this.#taken.push(...messageIds);
    this.#deleting ??= setTimeout(() => void this.#deleteTaken(), DELETE_DELAY_MS);
  }

  async #deleteTaken(): Promise<void> {
    clearTimeout(this.#deleting);
    this.#deleting = undefined;
    const taken = this.#taken;
    this.#taken = [];
    const { database, schema } = this.#parts;
    if (taken.length > 0) await this.#settle(taken, deleteTaken(database.sql, schema, taken));
  }

  /** A row that could not be settled is published again when its loan ends: consumers expect that. */
  async #settle(messageIds: readonly string[], settling: Promise<void>): Promise<void> {
    await settling.catch((error) => this.#failed(error));
    for (const messageId of messageIds) this.#held.delete(messageId);
  }

  #failed(error: unknown): void {
    this.#parts.log.warn({ error: String(error) }, 'outbox relay failed, will try again');
  }
}
