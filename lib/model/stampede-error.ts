// The one error of the suite: a broken experiment (not a broken target), with what happened, the exit code and what to do next.

import { EXIT, type ExitCode } from './exit-code.ts';

export class StampedeError extends Error {
  override readonly name = 'StampedeError';
  readonly exitCode: ExitCode;
  /** What the reader can do about it; printed on its own line. */
  readonly hint: string | undefined;

  constructor(message: string, options: { exitCode: ExitCode; hint?: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode;
    this.hint = options.hint;
  }
}

/** What was asked for cannot be meant (64). */
export function usageError(message: string, hint: string): StampedeError {
  return new StampedeError(message, { exitCode: EXIT.usage, hint });
}
