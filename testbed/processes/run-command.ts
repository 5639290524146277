// Runs a short-lived program to its end and gives what it wrote, or an error that says what went wrong.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';

export interface Surroundings {
  /** Written to the program's standard input. */
  readonly input?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Ends the program with SIGKILL when aborted. */
  readonly signal?: AbortSignal;
}

/** Standard output of the program. Throws a StampedeError (69) with what it complained about when it fails or is not there. */
export async function runCommand(command: readonly string[], surroundings: Surroundings = {}): Promise<string> {
  const [program = '', ...parameters] = command;
  const { environment: env, cwd, signal } = surroundings;
  const child = spawn(program, parameters, { env, cwd, signal, killSignal: 'SIGKILL' });
  // A program that ends without reading its input breaks the pipe; its exit code says more.
  child.stdin.on('error', () => undefined).end(surroundings.input ?? '');
  try {
    const [output, complaint, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    if (code === 0) return output;
    throw new Error((complaint.trim() || output.trim() || `ended with ${code}`).slice(-2000));
  } catch (cause) {
    signal?.throwIfAborted();
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StampedeError(`${program} failed: ${message}`, { exitCode: EXIT.unavailable, cause });
  }
}
