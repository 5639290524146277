// Ends processes that are known by identity: first asks, then kills.

import { holdsWithin } from './poll.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

/** How long a process that was killed may take to vanish; only one in uninterruptible sleep takes longer. */
const KILL_DEADLINE_MS = 3000;

/**
 * Sends SIGTERM to all, waits up to `graceMs` milliseconds for them to end, sends SIGKILL to the rest.
 * Gives those that are still there afterwards.
 */
export async function terminate(
  identities: readonly ProcessIdentity[],
  graceMs: number,
): Promise<readonly ProcessIdentity[]> {
  const living = () => identities.filter(isAlive);
  for (const { pid } of living()) send(pid, 'SIGTERM');
  if (await holdsWithin(graceMs, () => living().length === 0)) return [];
  for (const { pid } of living()) send(pid, 'SIGKILL');
  await holdsWithin(KILL_DEADLINE_MS, () => living().length === 0);
  return living();
}

/** Sends a signal to a process, or with a negative pid to its group. One that has ended meanwhile is no failure. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
