// What the watchdog does at each look: heals what nobody answers for, and knows when its watch is over.

import type { Ground } from '../targets/ground.ts';
import type { ProcessIdentity } from '../targets/this-process.ts';
import { standingIntents } from './intent-files.ts';
import { abandonedIntents, healAbandoned, type SweepTools } from './sweep.ts';

interface WatchTools extends SweepTools {
  readonly isAlive: (suite: ProcessIdentity) => boolean;
}

export class Watch {
  readonly #system: Ground;
  readonly #suite: ProcessIdentity;
  readonly #tools: WatchTools;
  #trouble = '';

  constructor(system: Ground, suite: ProcessIdentity, tools: WatchTools) {
    this.#system = system;
    this.#suite = suite;
    this.#tools = tools;
  }

  /** True when the watch is over: the suite is gone, and nothing is left that could be healed. Never rejects: a look that fails is followed by another. */
  async look(): Promise<boolean> {
    try {
      const isOver = await this.#look();
      this.#trouble = '';
      return isOver;
    } catch (cause) {
      this.#sayOnce(`could not look: ${(cause as Error).message}`);
      return false;
    }
  }

  async #look(): Promise<boolean> {
    const isSuiteAlive = this.#tools.isAlive(this.#suite);
    const abandoned = abandonedIntents(this.#system, isSuiteAlive ? [this.#suite] : []);
    await healAbandoned(this.#system, abandoned, this.#tools);
    if (abandoned.length > 0 || isSuiteAlive) return false;
    this.#sayGoodbye();
    return true;
  }

  /** A damaged intent can be healed by nobody: a sweep says so, with 7. */
  #sayGoodbye(): void {
    const { damaged } = standingIntents(this.#system.intentFolder);
    for (const { path, reason } of damaged) this.#tools.say(`NOT healed: ${path} is no intent: ${reason}`);
    if (damaged.length === 0) this.#tools.say('the suite is gone and nothing is left');
  }

  #sayOnce(trouble: string): void {
    if (trouble !== this.#trouble) this.#tools.say(trouble);
    this.#trouble = trouble;
  }
}
