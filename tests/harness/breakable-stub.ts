// An order platform whose outages are known to the millisecond: the honest stub in a process of its own, which can answer 503, refuse connections, or freeze.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** `answers-503`: to every call · `refuses`: nobody listens · `freezes`: SIGSTOP. */
export type Breakage = 'answers-503' | 'refuses' | 'freezes';

/** Epoch milliseconds. */
export interface KnownOutage {
  readonly fromMs: number;
  readonly toMs: number;
}

export class BreakableStub {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(): Promise<BreakableStub> {
    const child = fork(fileURLToPath(new URL('breakable-stub-process.ts', import.meta.url)));
    const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
    return new BreakableStub(child, `http://127.0.0.1:${port}`);
  }

  /** Out of order until `until` resolves; then tells from when to when it was. */
  async breakUntil(how: Breakage, until: () => Promise<void>): Promise<KnownOutage> {
    const fromMs = await this.#do(how);
    await until();
    return { fromMs, toMs: await this.#do('works', how) };
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  /** A frozen process cannot say when it was frozen: the signal is sent in the middle of these two looks at the clock. */
  async #do(what: Breakage | 'works', was?: Breakage): Promise<number> {
    const beganMs = Date.now();
    if (what === 'freezes') this.#child.kill('SIGSTOP');
    else if (was === 'freezes') this.#child.kill('SIGCONT');
    else {
      this.#child.send(what);
      const [{ timeMs }] = (await once(this.#child, 'message')) as [{ readonly timeMs: number }];
      return timeMs;
    }
    return (beganMs + Date.now()) / 2;
  }
}
