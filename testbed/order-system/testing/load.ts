// A small steady load: orders of the seed flow, some at a time, until told to stop.

import type { Ground } from './order-system.ts';
import { Shopper } from './shopper.ts';

export interface AcknowledgedOrder {
  readonly shopper: Shopper;
  readonly orderId: string;
}

export class SteadyLoad {
  /** Orders whose submission was answered with 202. */
  readonly acknowledged: AcknowledgedOrder[] = [];
  readonly #ground: Ground;
  readonly #shoppers: readonly Promise<void>[];
  #stopped = false;

  constructor(ground: Ground, shoppers = 8) {
    this.#ground = ground;
    this.#shoppers = Array.from({ length: shoppers }, () => this.#shop());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#shoppers);
  }

  async #shop(): Promise<void> {
    while (!this.#stopped) {
      const shopper = new Shopper(this.#ground);
      // What the platform did not acknowledge may fail: here only its word counts.
      const orderId = await shopper.fillCart().catch(() => undefined);
      const answer = orderId ? await shopper.submit(orderId).catch(() => undefined) : undefined;
      if (orderId && answer?.status === 202) this.acknowledged.push({ shopper, orderId });
    }
  }
}
