// Publishing so that the outcome is known: a message counts as taken when it is confirmed and was not returned.

import { setImmediate } from 'node:timers/promises';
import type { Connection, Publisher } from 'rabbitmq-client';
import type { Defects } from '../defects.ts';
import { type EventType, routes } from '../messages.ts';
import { within } from './within.ts';

export interface OutgoingMessage {
  readonly messageId: string;
  readonly type: EventType;
  readonly correlationId: string;
  /** JSON. */
  readonly body: string;
  readonly createdAt: Date;
}

/** `returned`: the broker confirmed it, but no queue took it. `unknown`: no confirm in time; it may be there or not. */
export type PublishOutcome = 'taken' | 'returned' | 'unknown';

/** A lost connection ends the wait sooner; a cluster that elects a leader may take some seconds, and then does confirm. */
const CONFIRM_TIMEOUT_MS = 30_000;

export class ConfirmingPublisher {
  readonly #publisher: Publisher;
  /** For a planted defect alone: what it has handed to the operating system counts as taken. */
  readonly #careless: Publisher;
  readonly #defects: Defects;
  readonly #returned = new Set<string>();

  constructor(connection: Connection, defects: Defects) {
    this.#publisher = connection.createPublisher({ confirm: true });
    this.#careless = connection.createPublisher();
    this.#defects = defects;
    this.#publisher.on('basic.return', (message) => {
      if (message.messageId) this.#returned.add(message.messageId);
    });
  }

  /** Sends all messages at once and waits for their confirms together. Gives the outcome per message, in order; never throws. */
  async publish(messages: readonly OutgoingMessage[]): Promise<PublishOutcome[]> {
    const confirmed = await Promise.all(messages.map((message) => this.#send(message)));
    // A return comes before its confirm on the wire, but the client hands it over one turn of the event loop later.
    await setImmediate();
    return messages.map((message, index) => {
      if (this.#returned.delete(message.messageId)) return 'returned';
      return confirmed[index] ? 'taken' : 'unknown';
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#publisher.close(), this.#careless.close()]);
  }

  async #send(message: OutgoingMessage): Promise<boolean> {
    const isCareless = this.#defects.hits('no-confirms', message.correlationId);
    const sent = (isCareless ? this.#careless : this.#publisher).send(
      {
        ...routes[message.type],
        mandatory: !isCareless,
        durable: true,
        messageId: message.messageId,
        correlationId: message.correlationId,
        type: message.type,
        timestamp: Math.floor(message.createdAt.getTime() / 1000),
        contentType: 'application/json',
      },
      Buffer.from(message.body),
    );
    return within(CONFIRM_TIMEOUT_MS, sent);
  }
}
