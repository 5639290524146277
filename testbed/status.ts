// `stampede status`: what a testbed consists of and how each part of it is.

import { existsSync } from 'node:fs';
import { type Instance, instanceOf } from './instance.ts';
import { type Plan, readPlan } from './plan.ts';
import { isAlive } from './processes/process-identity.ts';
import type { ProcessSpec } from './supervisor/process-spec.ts';
import { type ProcessState, type RunState, readState } from './supervisor/process-state.ts';
import { readinessProblem } from './supervisor/readiness.ts';

export interface StatusOptions {
  /** Name of the instance; the clone's own when absent. */
  readonly instance?: string;
}

export interface ProcessStatus {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Null while it does not run. */
  readonly pid: number | null;
  /** `orphaned`: it runs, but its supervisor does not. */
  readonly state: RunState | 'orphaned';
  /** True: it is not restarted when it dies. */
  readonly held: boolean;
  readonly restarts: number;
  readonly ready: boolean;
  /** Why it is not ready. */
  readonly problem: string | null;
}

export interface TestbedStatus {
  readonly instance: string;
  readonly folder: string;
  readonly targetFile: string;
  readonly mode: Plan['mode'];
  /** Partition faults need a network namespace per process. */
  readonly partitionFaults: 'possible' | { readonly impossibleBecause: string };
  readonly subnet: string;
  readonly defects: Plan['defects'];
  readonly versions: Plan['versions'];
  readonly supervisor: { readonly pid: number | null; readonly alive: boolean };
  /** False while `up` is at work, and after it was killed. */
  readonly complete: boolean;
  /** Complete, supervised, and every process ready. */
  readonly ready: boolean;
  readonly processes: readonly ProcessStatus[];
}

/** The state of the testbed as seen now, every process asked whether it is ready. Null when there is none. */
export async function status(options: StatusOptions = {}): Promise<TestbedStatus | null> {
  const instance = instanceOf(options.instance);
  const plan = readPlan(instance);
  return plan === null ? null : statusOf(instance, plan);
}

/** The same for a known plan. */
export async function statusOf(instance: Instance, plan: Plan): Promise<TestbedStatus> {
  const state = readState(instance.stateFile);
  const alive = state !== null && isAlive(state.supervisor);
  const processes = await Promise.all(
    plan.processes.map((spec) =>
      processStatus(
        spec,
        alive,
        state?.processes.find((each) => each.name === spec.name),
      ),
    ),
  );
  const complete = existsSync(instance.targetFile);
  return {
    instance: plan.instance,
    folder: plan.folder,
    targetFile: instance.targetFile,
    mode: plan.mode,
    partitionFaults: plan.because === undefined ? 'possible' : { impossibleBecause: plan.because },
    subnet: plan.addresses.subnet,
    defects: plan.defects,
    versions: plan.versions,
    supervisor: { pid: state?.supervisor.pid ?? null, alive },
    complete,
    ready: complete && alive && processes.every((each) => each.ready),
    processes,
  };
}

/** Of one process, as seen now; `state` is what its supervisor says of it. */
export async function processStatus(
  spec: ProcessSpec,
  supervised: boolean,
  state?: ProcessState,
): Promise<ProcessStatus> {
  const identity = state?.identity && isAlive(state.identity) ? state.identity : null;
  const problem = identity === null ? 'does not run' : await readinessProblem(spec);
  const runState = supervised ? (state?.state ?? 'stopped') : identity === null ? 'stopped' : 'orphaned';
  return {
    name: spec.name,
    host: spec.host,
    port: spec.port,
    pid: identity?.pid ?? null,
    state: runState,
    held: state?.held ?? false,
    restarts: state?.restarts ?? 0,
    ready: problem === null,
    problem,
  };
}
