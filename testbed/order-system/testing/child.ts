// A child process of a test: its output in a file, ended by its own pid, surely.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Unprivileged user to run as; needed for PostgreSQL when the test runs as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly stopSignal?: NodeJS.Signals;
}

const STOP_LIMIT_MS = 12_000;

export class Child {
  readonly process: ChildProcess;
  readonly #stopSignal: NodeJS.Signals;

  constructor(command: string, args: readonly string[], options: ChildOptions) {
    const log = openSync(options.logFile, 'a');
    this.#stopSignal = options.stopSignal ?? 'SIGTERM';
    this.process = spawn(command, args, {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', log, log],
      cwd: '/',
      ...options.user,
    });
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Waits for the end. Gives the exit code, or null when a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.running) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  /** Asks it to stop, and kills it when it does not. Gives the exit code, or null when a signal ended it. */
  async stop(): Promise<number | null> {
    if (!this.running) return this.process.exitCode;
    const force = setTimeout(() => this.process.kill('SIGKILL'), STOP_LIMIT_MS);
    this.process.kill(this.#stopSignal);
    const code = await this.ended();
    clearTimeout(force);
    return code;
  }
}
