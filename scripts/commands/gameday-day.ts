// The course of a game day: one experiment after the other, when it ends early, and what its exit code is then.

import { EXIT, type ExitCode, worstExitCode } from '../../lib/model/exit-code.ts';
import type { Interruption } from '../../lib/model/run.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Day, Rehearsed } from './gameday-table.ts';

interface Named {
  readonly name: string;
}

/** A fault that may still be active, a stop (by hand, by a guard or by the gate) and an experiment without a verdict end the day. Never rejects. */
export async function rehearseAll<T extends Named>(
  experiments: readonly T[],
  rehearse: (experiment: T) => Promise<Rehearsed>,
  stop: AbortSignal,
): Promise<Day> {
  const rehearsed: Rehearsed[] = [];
  for (const experiment of experiments) {
    if (stop.aborted) break;
    try {
      rehearsed.push(await rehearse(experiment));
    } catch (cause) {
      return { rehearsed, failure: { experiment: experiment.name, cause: cause as Error } };
    }
    if (rehearsed.at(-1)?.verdict.exitCode === EXIT.notHealed) break;
  }
  return { rehearsed, failure: null };
}

/** The gravest of the experiments; 6 among them when experiments were left out because the day was stopped by hand. */
export function dayExitCode(
  { rehearsed, failure }: Day,
  planned: readonly Named[],
  interruption: Interruption | null,
): ExitCode {
  const codes: ExitCode[] = rehearsed.map(({ verdict }) => verdict.exitCode);
  if (failure !== null) codes.push(failure.cause instanceof StampedeError ? failure.cause.exitCode : EXIT.suiteDefect);
  // The verdict of the experiment that a guard or the gate has stopped says so itself.
  const isByHand = interruption !== null && !['guard', 'gate'].includes(interruption.by);
  const isCut = failure === null && rehearsed.length < planned.length;
  if (isCut && (isByHand || worstExitCode(codes) === EXIT.pass)) codes.push(EXIT.stopped);
  return worstExitCode(codes);
}

/** What the command ends with for an experiment without a verdict: its own message, with the exit code of the day. */
export function failureOf({ failure }: Day, exitCode: ExitCode): Error | null {
  if (failure === null) return null;
  const { experiment, cause } = failure;
  if (!(cause instanceof StampedeError)) {
    return exitCode === EXIT.suiteDefect ? cause : new StampedeError(`${experiment}: ${cause.stack}`, { exitCode });
  }
  const { hint } = cause;
  return new StampedeError(`${experiment}: ${cause.message}`, { exitCode, ...(hint === undefined ? {} : { hint }) });
}
