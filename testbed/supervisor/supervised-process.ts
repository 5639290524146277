// One process under supervision: started, watched, restarted after a death that nobody asked for, stopped when asked.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { holdsWithin } from '../processes/poll.ts';
import { identityOf, type ProcessIdentity } from '../processes/process-identity.ts';
import { send } from '../processes/terminate.ts';
import { deathsInARowAfter, restartDelayMs } from './back-off.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { LastExit, ProcessState, RunState } from './process-state.ts';

const KILL_DEADLINE_MS = 3000;

export interface ProcessSurroundings {
  readonly spec: ProcessSpec;
  /** Where standard output and error go. The process writes there itself, so it outlives the supervisor. */
  readonly logFile: string;
  /** Called after every change of state. */
  readonly onChange: () => void;
  /** One line for the supervisor's own log. */
  readonly note: (line: string) => void;
}

export class SupervisedProcess {
  readonly spec: ProcessSpec;
  readonly #surroundings: ProcessSurroundings;
  #state: RunState = 'stopped';
  #held = true;
  #identity: ProcessIdentity | null = null;
  #startedAt = 0;
  #deathsInARow = 0;
  #restarts = 0;
  #lastExit: LastExit | null = null;
  #restartTimer: NodeJS.Timeout | undefined;

  constructor(surroundings: ProcessSurroundings) {
    this.#surroundings = surroundings;
    this.spec = surroundings.spec;
  }

  get snapshot(): ProcessState {
    return {
      name: this.spec.name,
      state: this.#state,
      identity: this.#identity,
      held: this.#held,
      restarts: this.#restarts,
      lastExit: this.#lastExit,
    };
  }

  /** Sees to it that it runs and is restarted from now on, with a clean back-off. */
  start(): void {
    this.#held = false;
    this.#deathsInARow = 0;
    clearTimeout(this.#restartTimer);
    if (this.#state === 'stopped' || this.#state === 'waiting') this.#spawn();
    else this.#surroundings.onChange();
  }

  /** Leaves it as it is, but does not restart it when it dies. A restart that is due is called off. */
  hold(): void {
    this.#held = true;
    clearTimeout(this.#restartTimer);
    this.#enter(this.#state === 'waiting' ? 'stopped' : this.#state);
  }

  /** Holds it and ends it: asks, waits up to `graceMs` milliseconds, kills. Resolves when it has ended. */
  async stop(graceMs: number): Promise<void> {
    this.hold();
    if (this.#identity === null) return;
    const { pid } = this.#identity;
    this.#enter('stopping');
    send(pid, this.spec.stopSignal);
    if (await holdsWithin(graceMs, () => this.#identity?.pid !== pid)) return;
    this.#surroundings.note(`${this.spec.name} did not stop within ${graceMs} ms and is killed`);
    send(pid, 'SIGKILL');
    await holdsWithin(KILL_DEADLINE_MS, () => this.#identity?.pid !== pid);
  }

  #spawn(): void {
    const [program = '', ...parameters] = this.spec.command;
    const log = openSync(this.#surroundings.logFile, 'a', 0o600);
    // A session of its own: a signal to the terminal's or to another process's group does not reach it.
    const child = spawn(program, parameters, {
      cwd: this.spec.cwd,
      env: { ...this.spec.environment },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.#startedAt = performance.now();
    this.#identity = child.pid === undefined ? null : identityOf(child.pid);
    this.#watch(child);
    this.#surroundings.note(`${this.spec.name} started, pid ${child.pid ?? 'none'}`);
    this.#enter('running');
  }

  #watch(child: ChildProcess): void {
    // Without a pid there was nothing to start, and no exit will be reported.
    child.once('error', (error) => {
      this.#surroundings.note(`${this.spec.name} cannot be started: ${error.message}`);
      if (child.pid === undefined) this.#ended(null, null);
    });
    child.once('exit', (code, signal) => {
      // Whatever it has left in its process group belongs to the life that has ended.
      if (child.pid !== undefined) send(-child.pid, 'SIGKILL');
      this.#ended(code, signal);
    });
  }

  #ended(code: number | null, signal: string | null): void {
    this.#identity = null;
    this.#lastExit = { code, signal, timeMs: Date.now() };
    const how = signal === null ? `code ${code}` : signal;
    if (this.#held) {
      this.#surroundings.note(`${this.spec.name} ended (${how})`);
      this.#enter('stopped');
      return;
    }
    this.#deathsInARow = deathsInARowAfter(this.#deathsInARow, performance.now() - this.#startedAt);
    const delayMs = restartDelayMs(this.#deathsInARow);
    this.#surroundings.note(`${this.spec.name} died (${how}), restart in ${delayMs} ms`);
    this.#restartTimer = setTimeout(() => this.#restart(), delayMs);
    this.#enter('waiting');
  }

  #restart(): void {
    this.#restarts += 1;
    this.#spawn();
  }

  #enter(state: RunState): void {
    this.#state = state;
    this.#surroundings.onChange();
  }
}
