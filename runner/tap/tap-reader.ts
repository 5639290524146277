// Reads the tap's queue into events.ndjson: a message is acknowledged when its line is in the file, so a lost connection loses none.

import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Channel, Connection } from 'rabbitmq-client';
import { redactValue } from '../../lib/config/known-secrets.ts';
import type { TapLine } from '../../lib/model/tapped.ts';
import type { Binding } from '../../lib/model/target.ts';
import { type TappedMessage, tapLine } from './tap-line.ts';
import type { TapQueues } from './tap-queue.ts';

/** Lines and acknowledgements are written together, so long apart: one command for the broker instead of hundreds. */
const FLUSH_EVERY_MS = 500;
const PREFETCH_MESSAGES = 2_000;
const TRY_AGAIN_MS = 500;

export interface TapSource {
  readonly connection: Connection;
  readonly queues: TapQueues;
  readonly deadLetters: readonly Binding[];
  /** Path of events.ndjson. */
  readonly file: string;
  readonly nowMs: () => number;
}

interface Batch {
  readonly channel: Channel;
  readonly text: string[];
  deliveryTag: number;
}

/** Reads from the moment it is made. A broker that goes away is waited for; a message that comes again makes a second line. */
export class TapReader {
  readonly #source: TapSource;
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #batch: Batch | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #lines = 0;
  #overflowed = false;

  constructor(source: TapSource) {
    this.#source = source;
    this.#reading = this.#read();
    this.#timer = setInterval(() => void this.#flush().catch(() => undefined), FLUSH_EVERY_MS);
  }

  /** Lines in the file. */
  get lines(): number {
    return this.#lines;
  }

  /** True when the tap has dropped a message, as far as was seen; certain after `readToEnd`. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Ends the consumer, and then fetches what the queue still holds, until it is empty. May be called again after it has rejected. */
  async readToEnd(): Promise<void> {
    await this.stop();
    const { connection, queues } = this.#source;
    const channel = await connection.acquire();
    try {
      if ((await channel.basicGet({ queue: queues.overflow })) !== undefined) this.#overflowed = true;
      for (let left = true; left; ) {
        const message = await channel.basicGet({ queue: queues.tap });
        left = message !== undefined;
        if (message !== undefined) this.#take(channel, message);
        if (!left || (this.#batch?.text.length ?? 0) >= PREFETCH_MESSAGES) await this.#flush();
      }
    } finally {
      await channel.close().catch(() => undefined);
    }
  }

  /** Ends the consumer; what it had got and not written down goes back to the queue. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#reading;
    await this.#flushing.catch(() => undefined);
  }

  /** Writes a line that no message stands for. */
  async write(line: TapLine): Promise<void> {
    await appendFile(this.#source.file, textOf(line));
  }

  async #read(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#consume().catch(() => pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined));
    }
  }

  /** Until the channel is gone or the reader is stopped. */
  async #consume(): Promise<void> {
    const { connection, queues } = this.#source;
    const { signal } = this.#stop;
    const channel = await connection.acquire();
    try {
      await channel.basicQos({ prefetchCount: PREFETCH_MESSAGES });
      // Never acknowledged: it stays where it is, and a queue with a consumer does not expire.
      await channel.basicConsume({ queue: queues.overflow }, () => {
        this.#overflowed = true;
      });
      const { consumerTag } = await channel.basicConsume({ queue: queues.tap }, (message) =>
        this.#take(channel, message),
      );
      const gone = Promise.race([once(channel, 'close', { signal }), once(channel, 'basic.cancel', { signal })]);
      await gone.catch(() => undefined);
      if (channel.active) await channel.basicCancel(consumerTag);
      // The client hands a delivery over one turn of the event loop after it has come.
      await turn();
      await this.#flush();
    } finally {
      await channel.close().catch(() => undefined);
    }
  }

  #take(channel: Channel, message: TappedMessage & { readonly deliveryTag: number }): void {
    // Tags count per channel: what came through an earlier one cannot be acknowledged any more, and will come again.
    if (this.#batch?.channel !== channel) this.#batch = { channel, text: [], deliveryTag: 0 };
    const { deadLetters, nowMs } = this.#source;
    this.#batch.text.push(textOf(tapLine(message, deadLetters, nowMs())));
    this.#batch.deliveryTag = message.deliveryTag;
  }

  #flush(): Promise<void> {
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#writeBatch());
    return this.#flushing;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#batch = undefined;
    try {
      await appendFile(this.#source.file, batch.text.join(''));
    } catch (cause) {
      // An acknowledgement of what comes later on this channel would cover what is not in the file.
      await batch.channel.close().catch(() => undefined);
      throw cause;
    }
    this.#lines += batch.text.length;
    if (batch.channel.active) batch.channel.basicAck({ deliveryTag: batch.deliveryTag, multiple: true });
  }
}

function textOf(line: TapLine): string {
  return `${JSON.stringify(redactValue({ ...line }))}\n`;
}
