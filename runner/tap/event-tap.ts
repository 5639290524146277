// The tap on the platform's events: a queue of the suite's own beside those of the platform's consumers, from before the load until after the last read.

import { setTimeout as pause } from 'node:timers/promises';
import type { Channel, Connection } from 'rabbitmq-client';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { TapAccess } from '../../lib/model/target.ts';
import { connectTap } from './tap-connection.ts';
import {
  bindTap,
  declareTap,
  removeTap,
  type TapLimits,
  type TapQueues,
  tapQueues,
  USUAL_LIMITS,
  unbindTap,
} from './tap-queue.ts';
import { TapReader } from './tap-reader.ts';

/** How long a broker may be away when the tap is to be read to its end. */
const FINISH_LIMIT_MS = 30_000;
const TRY_AGAIN_MS = 500;

interface TapOptions {
  readonly limits?: TapLimits;
  readonly nowMs: () => number;
}

/** Events are copied from the moment it is open, whether they are read or not. Close it in every path. */
export class EventTap {
  readonly #access: TapAccess;
  readonly #connection: Connection;
  readonly #queues: TapQueues;
  readonly #nowMs: () => number;
  #reader: TapReader | undefined;

  /** StampedeError 64 when a secret cannot be used, 69 when the broker cannot be reached or does not let itself be tapped. */
  static async open(access: TapAccess, run: string, { limits = USUAL_LIMITS, nowMs }: TapOptions): Promise<EventTap> {
    const connection = await connectTap(access);
    const tap = new EventTap(access, connection, tapQueues(run), nowMs);
    try {
      await tap.#onChannel((channel) => declareTap(channel, tap.#queues, limits));
      await tap.#onChannel((channel) => bindTap(channel, tap.#queues, access));
      return tap;
    } catch (cause) {
      await tap.close();
      throw untappable(access, cause as Error);
    }
  }

  private constructor(access: TapAccess, connection: Connection, queues: TapQueues, nowMs: () => number) {
    this.#access = access;
    this.#connection = connection;
    this.#queues = queues;
    this.#nowMs = nowMs;
  }

  /** Begins to write what was copied to events.ndjson. */
  readInto(file: string): void {
    const { deadLetters = [] } = this.#access;
    const source = { connection: this.#connection, queues: this.#queues, deadLetters, file, nowMs: this.#nowMs };
    this.#reader = new TapReader(source);
  }

  /** Closes the tap to new messages, reads what it holds and writes the end line. Rejects when the broker does not let it. */
  async finish(signal: AbortSignal): Promise<void> {
    const reader = this.#reader;
    if (reader === undefined) throw new Error('nothing was read from the tap');
    const until = AbortSignal.any([signal, AbortSignal.timeout(FINISH_LIMIT_MS)]);
    await untilDone(() => this.#finish(reader), until);
  }

  /** Removes the queues and ends the connection; gives what kept it from that, or `null`. Never rejects. */
  async close(): Promise<string | null> {
    await this.#reader?.stop();
    const failure = await this.#onChannel((channel) => removeTap(channel, this.#queues)).then(
      () => null,
      (cause: Error) => `${this.#queues.tap} could not be removed, the broker will in two minutes: ${cause.message}`,
    );
    this.#connection.unsafeDestroy();
    return failure;
  }

  async #finish(reader: TapReader): Promise<void> {
    await this.#onChannel((channel) => unbindTap(channel, this.#queues, this.#access));
    await reader.readToEnd();
    const { lines, overflowed } = reader;
    await reader.write({ v: 1, type: 'end', timeMs: this.#nowMs(), lines, overflowed });
  }

  async #onChannel<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = await this.#connection.acquire();
    try {
      return await work(channel);
    } finally {
      await channel.close().catch(() => undefined);
    }
  }
}

async function untilDone(task: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await task();
      return;
    } catch (cause) {
      if (signal.aborted) throw cause;
      await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

function untappable({ placed, user }: TapAccess, cause: Error): StampedeError {
  const where = `the platform's events cannot be tapped at the exchange ${placed.exchange}`;
  return new StampedeError(`${where}: ${cause.message}`, {
    exitCode: EXIT.unavailable,
    hint: `Do the exchanges of tap in the target file exist, and may ${user} declare and bind queues named stampede-tap.…? docs/targets.md says which rights it needs; without tap, effects alone are read. Nothing was loaded.`,
    cause,
  });
}
