// What the faults of single processes have in common: their options, their intent, and how a process is brought back.

import { firstWrong, poll } from '../broker/poll.ts';
import type { System } from '../targets/system.ts';

/** Who brings back what was ended. */
export type RestartedBy = 'supervisor' | 'heal';

/** A type, so that it is JSON; so are the types below. */
export type ProcessOptions = { readonly process: string };
export type EndingOptions = ProcessOptions & { readonly restartedBy: RestartedBy };

export type ProcessIntent = {
  readonly process: string;
  /** The life that is to be struck. */
  readonly life: string;
};
export type EndingIntent = ProcessIntent & { readonly restartedBy: RestartedBy };

export const processSchema = { type: 'string', pattern: '^[a-z0-9-]+$' } as const;
export const restartedBySchema = { enum: ['supervisor', 'heal'] } as const;

/** JSON Schema of an object that has all of these properties and no others. */
export function objectOf(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

/** A node with many messages takes some seconds to stop properly. */
const GONE_LIMIT_MS = 60_000;
const FROZEN_LIMIT_MS = 5000;
/** Much longer than any single process takes to start and to be ready, on a machine that is busy. */
const SERVES_LIMIT_MS = 90_000;

/** Rejects when there is no such process, or when it does not run: then there is nothing to strike. */
export async function lifeOf(system: System, name: string): Promise<string> {
  if (!system.processes.names.includes(name)) {
    throw new Error(`there is no process ${name}; there are ${system.processes.names.join(', ')}`);
  }
  const life = await system.processes.identity(name);
  if (life === null) throw new Error(`${name} does not run, so it cannot be struck`);
  return life;
}

/** Rejects when the life that was aimed at is not there any more: what is struck must be what was written down. */
export async function refuseAnotherLife({ processes }: System, { process, life }: ProcessIntent): Promise<void> {
  if ((await processes.identity(process)) !== life)
    throw new Error(`${process} is not the process any more that was aimed at`);
}

/** Resolves when that life has ended. */
export async function awaitGone({ processes }: System, { process, life }: ProcessIntent): Promise<void> {
  await poll(
    async () => ((await processes.identity(process)) === life ? `${process} still runs as before` : null),
    GONE_LIMIT_MS,
  );
}

/** Freezes these lives, and resolves when none of them moves any more. */
export async function freeze(system: System, struck: readonly ProcessIntent[]): Promise<void> {
  const { processes } = system;
  for (const each of struck) await refuseAnotherLife(system, each);
  for (const { process } of struck) await processes.signal(process, 'SIGSTOP');
  await poll(() => firstWrong(struck, ({ process }) => notFrozen(processes, process)), FROZEN_LIMIT_MS);
}

/** Those that do not run need none. */
export async function thaw({ processes }: System, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if ((await processes.identity(name)) !== null) await processes.signal(name, 'SIGCONT').catch(() => undefined);
  }
}

/** Has it run, thawed, watched by its supervisor, and waits until it serves. */
export async function bringBack(system: System, name: string): Promise<void> {
  await thaw(system, [name]);
  await system.processes.start(name);
  await poll(() => stillWrong(system, [name]), SERVES_LIMIT_MS);
}

/** Why the first of these processes that is not as before any fault is not; `null` when all are. */
export async function stillWrong({ processes }: System, names: readonly string[]): Promise<string | null> {
  return firstWrong(names, async (name) => {
    if (await processes.isFrozen(name)) return `${name} is frozen`;
    if (await processes.isHeld(name)) return `${name} is held, so that nothing would restart it`;
    const problem = await processes.problem(name);
    return problem === null ? null : `${name} ${problem}`;
  });
}

async function notFrozen(processes: System['processes'], name: string): Promise<string | null> {
  return (await processes.isFrozen(name)) ? null : `${name} is not frozen`;
}
