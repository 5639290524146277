// Starts the supervisor of an instance as a process of its own, which goes on when this one ends.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failedToStart, SUPERVISOR } from './await-ready.ts';
import type { Instance } from './instance.ts';
import { logFile } from './logs.ts';
import { environmentOf } from './processes/launch.ts';
import { pollUntil } from './processes/poll.ts';
import { supervisorState } from './supervisor/control-client.ts';

const MAIN = fileURLToPath(new URL('./supervisor/main.ts', import.meta.url));

/**
 * Resolves when the supervisor answers; rejects when it has ended instead, or with the signal's reason.
 * `enter` stands before its command and replaces itself by it: into which namespaces it and all its processes go.
 */
export async function startSupervisor(
  instance: Instance,
  signal: AbortSignal,
  enter: readonly string[] = [],
): Promise<void> {
  const log = openSync(logFile(instance, SUPERVISOR), 'a', 0o600);
  const own = [process.execPath, '--max-old-space-size=64', MAIN, instance.name, instance.kind];
  const [program = '', ...parameters] = [...enter, ...own];
  const child = spawn(program, parameters, {
    cwd: instance.folder,
    env: environmentOf(instance, { STAMPEDE_HOME: dirname(dirname(instance.folder)) }),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  child.on('error', () => undefined);
  await pollUntil(signal, async () => {
    if (child.exitCode !== null || child.pid === undefined) {
      throw failedToStart(instance, SUPERVISOR, 'it ended at once');
    }
    return existsSync(instance.socket) && (await answers(instance));
  });
}

async function answers(instance: Instance): Promise<boolean> {
  try {
    await supervisorState(instance);
    return true;
  } catch {
    return false;
  }
}
