// Asks the suite what to do next, and tells it how far this virtual user came.

import type { Instruction, MessageProgress, Phase } from '../../config/message-plan.ts';
import { http } from '../../k6/http.ts';
import { ledger } from '../../k6/ledger.ts';
import { setTimeout } from '../../k6/timers.ts';

/** A suite that is silent for so long has ended: then so does the load. */
const SILENCE_LIMIT_MS = 10_000;

export class Conductor {
  readonly #url: string;
  #phase: Phase = 'trickle';
  #heardMs = ledger.nowMs();

  constructor(url: string) {
    this.#url = url;
  }

  /** The phase of now; the last one while there is no answer. */
  ask(progress: MessageProgress): Phase {
    const { status, body } = http.post(this.#url, JSON.stringify(progress), { timeout: '2s' });
    const nowMs = ledger.nowMs();
    if (status === 200 && typeof body === 'string') {
      this.#phase = (JSON.parse(body) as Instruction).phase;
      this.#heardMs = nowMs;
    } else if (nowMs - this.#heardMs > SILENCE_LIMIT_MS) this.#phase = 'stop';
    return this.#phase;
  }
}

/** Unlike k6's sleep, it lets confirms and deliveries come meanwhile. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(), Math.max(1, ms));
  });
}
