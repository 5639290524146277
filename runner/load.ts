// The load itself: writes the plan, runs k6 to its end, and says how it ended.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LoadPlan } from '../lib/config/load-plan.ts';
import { mostCalls } from '../lib/flows/flow.ts';
import { FLOWS } from '../lib/flows/index.ts';
import { plannedLoadMs } from '../lib/model/profile.ts';
import type { GeneratorExit, Interruption } from '../lib/model/run.ts';
import { worstFlowMs } from '../lib/workload/stages.ts';
import type { RunDirectory } from '../reports/store/run-directory.ts';
import type { Interrupt } from './interrupt.ts';
import { startK6 } from './k6-process.ts';

/** Beyond the planned load and the longest graceful stop: k6 must be gone by then, or it is ended. */
const HANG_MARGIN_MS = 60_000;
/** How long k6 may take to close its files after a stop. */
const STOP_LIMIT_MS = 30_000;

export interface LoadTools {
  readonly k6Binary: string;
  /** The bundled scenario. */
  readonly script: string;
}

export interface LoadRequest {
  /** All that the scenario reads; the load itself only wants to know whose it is. */
  readonly plan: Pick<LoadPlan, 'run' | 'generator'>;
  /** By then k6 has ended by itself: what goes on beyond is ended (with a margin). */
  readonly limitMs: number;
  /** What k6 is told besides, and no file may hold (runner/load-secrets.ts). */
  readonly environment: Readonly<Record<string, string>>;
  readonly tools: LoadTools;
  readonly directory: RunDirectory;
  readonly interrupt: Interrupt;
  /** On the clock of the history. */
  readonly nowMs: () => number;
}

export interface LoadResult {
  readonly load: { readonly startedMs: number; readonly endedMs: number };
  readonly exit: GeneratorExit;
  readonly interruption: Interruption | null;
}

/** How long the planned orders may take to end by themselves. */
export function orderLoadLimitMs({ profile, flow }: LoadPlan): number {
  return plannedLoadMs(profile) + 2 * worstFlowMs(profile, mostCalls(FLOWS[flow]()));
}

/** Runs the load to its end, to a signal, or to a hard limit: k6 never outlives this call. */
export async function runLoad(request: LoadRequest): Promise<LoadResult> {
  const { plan, limitMs, environment, tools, directory, interrupt, nowMs } = request;
  // Absolute, because k6 resolves what a script opens against the script's own folder.
  const planPath = resolve(directory.root, 'load-plan.json');
  await writeFile(planPath, `${JSON.stringify(plan, null, 2)}\n`);
  const startedMs = nowMs();
  const k6 = await startK6({
    binary: tools.k6Binary,
    script: tools.script,
    plan: planPath,
    directory: directory.root,
    run: plan.run,
    generator: plan.generator,
    log: directory.k6Log,
    environment,
  });
  const hang = setTimeout(() => k6.kill(), limitMs + HANG_MARGIN_MS);
  const stop = (): void => {
    k6.stop();
    setTimeout(() => k6.kill(), STOP_LIMIT_MS).unref();
  };
  interrupt.stopLoad.addEventListener('abort', stop, { once: true });
  if (interrupt.stopLoad.aborted) stop();
  interrupt.stopEverything.addEventListener('abort', () => k6.kill(), { once: true });
  const exit = await k6.exited;
  clearTimeout(hang);
  interrupt.stopLoad.removeEventListener('abort', stop);
  return { load: { startedMs, endedMs: nowMs() }, exit, interruption: interrupt.interruption ?? death(exit, nowMs()) };
}

function death(exit: GeneratorExit, timeMs: number): Interruption | null {
  if (exit.signal === null) return null;
  return { by: 'generator-died', timeMs, reason: `k6 was ended by ${exit.signal}` };
}
