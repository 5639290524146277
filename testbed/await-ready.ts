// Waits until processes are ready, and gives up early when one of them cannot come up.

import { typed } from '../lib/machine/typed.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import type { Instance } from './instance.ts';
import { lastLines } from './logs.ts';
import type { SupervisedPlan } from './plan.ts';
import { pollUntil } from './processes/poll.ts';
import { isAlive } from './processes/process-identity.ts';
import type { ProcessSpec } from './supervisor/process-spec.ts';
import { readState } from './supervisor/process-state.ts';
import { readinessProblem } from './supervisor/readiness.ts';

/** Name of the supervisor's own log. */
export const SUPERVISOR = 'supervisor';

/** A process that died this often while it came up will not come up. One death may be bad luck in the race of all the starts. */
const DEATHS_ALLOWED = 2;
const POLL_INTERVAL_MS = 150;
const LOG_LINES_SHOWN = 20;

/** A process of the testbed that did not come up, with the end of its log. */
export function failedToStart(instance: Instance, process: string, reason: string, cause?: unknown): StampedeError {
  const log = lastLines(instance, process, LOG_LINES_SHOWN);
  const end = log.length > 0 ? `\nThe end of its log:\n${log.map((line) => `  ${line}`).join('\n')}` : '';
  return new StampedeError(`${process} did not come up: ${reason}${end}`, {
    exitCode: EXIT.unavailable,
    hint: `Everything that was started has been removed again. ${typed('doctor')} shows what this machine lacks.`,
    cause,
  });
}

/** Collects why processes are not ready yet, for the progress report and for the error when time runs out. */
export class Waiting {
  readonly #problems = new Map<string, string>();

  note(process: string, problem: string | null): void {
    if (problem === null) this.#problems.delete(process);
    else this.#problems.set(process, problem);
  }

  get first(): readonly [process: string, problem: string] | undefined {
    return this.#problems.entries().next().value;
  }

  /** What the named ones are waited for. */
  textOf(names: readonly string[]): string {
    const concerned = [...this.#problems].filter(([process]) => names.includes(process));
    return concerned.map(([process, problem]) => `${process} (${problem})`).join(', ');
  }
}

export interface ReadyWait {
  readonly instance: Instance;
  readonly plan: SupervisedPlan;
  readonly signal: AbortSignal;
  readonly waiting: Waiting;
}

/** Resolves when all the named processes are ready. Rejects when one has died too often, or with the signal's reason. */
export async function awaitReady(wait: ReadyWait, names: readonly string[]): Promise<void> {
  let open: readonly ProcessSpec[] = wait.plan.processes.filter((spec) => names.includes(spec.name));
  await pollUntil(
    wait.signal,
    async () => {
      open = await stillOpen(wait.waiting, open);
      refuseCrashLoops(wait.instance, open);
      return open.length === 0;
    },
    POLL_INTERVAL_MS,
  );
}

async function stillOpen(waiting: Waiting, specs: readonly ProcessSpec[]): Promise<readonly ProcessSpec[]> {
  const problems = await Promise.all(specs.map(readinessProblem));
  specs.forEach((spec, index) => {
    waiting.note(spec.name, problems[index] ?? null);
  });
  return specs.filter((_, index) => problems[index] !== null);
}

/** From the state file: a machine that is busy with all the starts may take long to answer over the socket. */
function refuseCrashLoops(instance: Instance, specs: readonly ProcessSpec[]): void {
  const state = readState(instance.stateFile);
  if (state === null || !isAlive(state.supervisor)) throw failedToStart(instance, SUPERVISOR, 'it has ended');
  const lost = state.processes.find(
    (each) => each.restarts > DEATHS_ALLOWED && specs.some((spec) => spec.name === each.name),
  );
  if (lost !== undefined) throw failedToStart(instance, lost.name, `it died ${lost.restarts} times`);
}
