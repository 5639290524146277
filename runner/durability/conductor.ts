// Tells the virtual users of a message run what to do next, and hears how far they came. k6 has no other ear while it runs.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Instruction, MessageProgress, Phase } from '../../lib/config/message-plan.ts';

export class Conductor {
  readonly #server: Server;
  readonly #told = new Map<string, MessageProgress>();
  #phase: Phase;

  private constructor(phase: Phase) {
    this.#phase = phase;
    this.#server = createServer(async (request, response) => {
      const progress = (await json(request).catch(() => null)) as MessageProgress | null;
      if (progress !== null) this.#told.set(progress.process, progress);
      const answer: Instruction = { phase: this.#phase };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  }

  /** Listens on loopback, on a port of the system's choice. */
  static async open(phase: Phase): Promise<Conductor> {
    const conductor = new Conductor(phase);
    conductor.#server.listen(0, '127.0.0.1');
    await once(conductor.#server, 'listening');
    return conductor;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  get phase(): Phase {
    return this.#phase;
  }

  set phase(phase: Phase) {
    this.#phase = phase;
  }

  /** Over all virtual users, as they told it last. */
  get totals(): Omit<MessageProgress, 'process'> {
    const sum = { published: 0, acked: 0, delivered: 0 };
    for (const { published, acked, delivered } of this.#told.values()) {
      sum.published += published;
      sum.acked += acked;
      sum.delivered += delivered;
    }
    return sum;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
