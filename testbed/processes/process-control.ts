// The processes of a testbed as faults act on them: by name, each watched by the supervisor that restarts what dies.

import type { Instance } from '../instance.ts';
import { existingPlan, type Plan } from '../plan.ts';
import { controlProcess, supervisorState } from '../supervisor/control-client.ts';
import { type ProcessSpec, STOP_RANK } from '../supervisor/process-spec.ts';
import type { ProcessState } from '../supervisor/process-state.ts';
import { readinessProblem } from '../supervisor/readiness.ts';
import { isAlive, type ProcessIdentity, readStat } from './process-identity.ts';
import { withDescendants } from './process-tree.ts';
import { send } from './terminate.ts';

/** What the kernel shows of a process that a signal has stopped. */
const STOPPED = 'T';

/** All of it asks the supervisor anew, so any number of processes may hold one of these at the same time. */
export class ProcessControl {
  readonly names: readonly string[];
  readonly #instance: Instance;
  readonly #plan: Plan;

  /** Throws a StampedeError (69) when there is no such testbed. */
  constructor(instance: Instance) {
    this.#instance = instance;
    this.#plan = existingPlan(instance);
    this.names = this.#plan.processes.filter((each) => each.stopRank !== STOP_RANK.helper).map((each) => each.name);
  }

  async identity(name: string): Promise<string | null> {
    const found = await this.#living(name);
    return found === null ? null : `${found.pid}/${found.startTicks}`;
  }

  async isFrozen(name: string): Promise<boolean> {
    const found = await this.#living(name);
    return found !== null && readStat(found.pid)?.state === STOPPED;
  }

  async isHeld(name: string): Promise<boolean> {
    return (await this.#state(name)).held;
  }

  /** Reaches what the process has started as well: the server of a database is many processes. Rejects when it does not run. */
  async signal(name: string, signal: NodeJS.Signals): Promise<void> {
    const found = await this.#living(name);
    if (found === null) throw new Error(`${name} does not run`);
    for (const pid of withDescendants([found.pid])) send(pid, signal);
  }

  async end(name: string): Promise<void> {
    const found = await this.#living(name);
    if (found === null) throw new Error(`${name} does not run`);
    send(found.pid, this.#spec(name).stopSignal);
  }

  async hold(name: string): Promise<void> {
    await controlProcess(this.#instance, name, 'hold');
  }

  async start(name: string): Promise<void> {
    await controlProcess(this.#instance, name, 'start');
  }

  async problem(name: string): Promise<string | null> {
    return (await this.#living(name)) === null ? 'does not run' : readinessProblem(this.#spec(name));
  }

  port(name: string): number {
    return this.#spec(name).port;
  }

  async #living(name: string): Promise<ProcessIdentity | null> {
    const { identity } = await this.#state(name);
    return identity !== null && isAlive(identity) ? identity : null;
  }

  async #state(name: string): Promise<ProcessState> {
    const { processes } = await supervisorState(this.#instance);
    const found = processes.find((each) => each.name === name);
    if (found === undefined) throw noSuchProcess(name, this.names);
    return found;
  }

  #spec(name: string): ProcessSpec {
    const found = this.#plan.processes.find((each) => each.name === name);
    if (found === undefined) throw noSuchProcess(name, this.names);
    return found;
  }
}

function noSuchProcess(name: string, names: readonly string[]): Error {
  return new Error(`there is no process ${name}; there are ${names.join(', ')}`);
}
