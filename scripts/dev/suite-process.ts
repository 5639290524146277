// The suite's own process below its launcher. A signal to the launcher alone, and to its group, lets the suite end and heal by itself.

import { setTimeout as pause } from 'node:timers/promises';
import { identityOf, isAlive, type ProcessIdentity } from '../../testbed/processes/process-identity.ts';
import { commandLineOf, withDescendants } from '../../testbed/processes/process-tree.ts';

const LOOK_EVERY_MS = 20;
const GONE_LIMIT_MS = 10_000;

/** `null` as long as the launcher has started none, and when it has ended. */
export function suiteBelow(launcherPid: number): ProcessIdentity | null {
  const found = withDescendants([launcherPid]).find((pid) =>
    commandLineOf(pid).some((part) => part.endsWith('/scripts/cli.ts')),
  );
  return found === undefined ? null : identityOf(found);
}

/** SIGKILL to the suite: it can do nothing more, and its watchdog must. False when there was none. Rejects when it is still there after 10 s. */
export async function killSuite(launcherPid: number): Promise<boolean> {
  const suite = suiteBelow(launcherPid);
  if (suite === null) return false;
  process.kill(suite.pid, 'SIGKILL');
  const endMs = performance.now() + GONE_LIMIT_MS;
  while (isAlive(suite)) {
    if (performance.now() >= endMs) throw new Error(`the suite, process ${suite.pid}, survived SIGKILL`);
    await pause(LOOK_EVERY_MS);
  }
  return true;
}
