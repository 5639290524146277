// The supervisor's own state: all processes of the plan, what is written of them, and how all are stopped.

import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from '../instance.ts';
import type { SupervisedPlan } from '../plan.ts';
import { identityOf, type ProcessIdentity } from '../processes/process-identity.ts';
import type { SupervisorState } from './process-state.ts';
import { SupervisedProcess } from './supervised-process.ts';

/** How long the processes of one rank may take to stop when all are stopped; all ranks together stay within `down`'s 8 s. */
const STOP_ALL_GRACE_MS = 2500;

export class Supervisor {
  readonly #instance: Instance;
  readonly #processes: ReadonlyMap<string, SupervisedProcess>;
  readonly #self: ProcessIdentity;
  readonly #note: (line: string) => void;

  /** `note` takes lines for the supervisor's own log. */
  constructor(instance: Instance, plan: SupervisedPlan, note: (line: string) => void) {
    const self = identityOf(process.pid);
    if (self === null) throw new Error('/proc does not show this process');
    this.#self = self;
    this.#instance = instance;
    this.#note = note;
    this.#processes = new Map(
      plan.processes.map((spec) => {
        const logFile = join(instance.logs, `${spec.name}.log`);
        return [spec.name, new SupervisedProcess({ spec, logFile, onChange: () => this.#write(), note })];
      }),
    );
    this.#write();
  }

  get state(): SupervisorState {
    return { supervisor: this.#self, processes: [...this.#processes.values()].map((each) => each.snapshot) };
  }

  process(name: string): SupervisedProcess | undefined {
    return this.#processes.get(name);
  }

  /** Stops all, services before what they use, with a deadline for each rank. */
  async stopAll(): Promise<void> {
    const all = [...this.#processes.values()];
    // First of all: nothing that dies from now on is restarted.
    for (const each of all) each.hold();
    const ranks = [...new Set(all.map((each) => each.spec.stopRank))].sort((a, b) => b - a);
    for (const rank of ranks) {
      const equals = all.filter((each) => each.spec.stopRank === rank);
      await Promise.all(equals.map((each) => each.stop(STOP_ALL_GRACE_MS)));
    }
  }

  /** Renamed into place, so that a reader never sees half a state. */
  #write(): void {
    const draft = `${this.#instance.stateFile}.draft`;
    try {
      writeFileSync(draft, `${JSON.stringify(this.state, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, this.#instance.stateFile);
    } catch (error) {
      // A full disk is no reason to leave the processes without a supervisor; the next change tries again.
      this.#note(`state not written: ${error}`);
    }
  }
}
