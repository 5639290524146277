// Starts the watchdog: a process of its own that heals when the suite is gone, or when a fault is on for longer than it may be.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ground } from '../targets/ground.ts';
import { suiteEnvironment } from '../targets/suite-environment.ts';
import { thisProcess } from '../targets/this-process.ts';
import { standingIntents } from './intent-files.ts';

const MAIN = fileURLToPath(new URL('./watchdog-main.ts', import.meta.url));
const START_LIMIT_MS = 20_000;

/** What is started, and within what it must be at its post. */
interface WatchdogProgram {
  readonly main: string;
  readonly startLimitMs: number;
}

/** Runs the work under a watchdog that is at its post before the work begins. It is dismissed when nothing is left, and stays otherwise. Rejects when it could not be posted. */
export async function watchedOver<T>(
  system: Ground,
  work: () => Promise<T>,
  program: WatchdogProgram = { main: MAIN, startLimitMs: START_LIMIT_MS },
): Promise<T> {
  const dismiss = await startWatchdog(system, program);
  try {
    return await work();
  } finally {
    if (isEmpty(system.intentFolder)) dismiss();
  }
}

/** A folder that cannot be read may hold one. */
function isEmpty(intentFolder: string): boolean {
  try {
    const { intents, damaged } = standingIntents(intentFolder);
    return intents.length + damaged.length === 0;
  } catch {
    return false;
  }
}

async function startWatchdog(
  { whereabouts, intentFolder }: Ground,
  { main, startLimitMs }: WatchdogProgram,
): Promise<() => void> {
  mkdirSync(intentFolder, { recursive: true, mode: 0o700 });
  const log = openSync(join(intentFolder, 'watchdog.log'), 'a', 0o600);
  const suite = thisProcess();
  const { kind, place } = whereabouts;
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=64', main, kind, place, String(suite.pid), String(suite.startTicks), suite.bootId],
    { cwd: intentFolder, env: suiteEnvironment(whereabouts), stdio: ['ignore', log, log, 'ipc'], detached: true },
  );
  closeSync(log);
  child.on('error', () => undefined);
  const atItsPost = once(child, 'message', { signal: AbortSignal.timeout(startLimitMs) }).then(() => true);
  const ended = once(child, 'exit').then(() => false);
  const isPosted = await Promise.race([atItsPost, ended]).catch(() => false);
  if (child.connected) child.disconnect();
  child.unref();
  if (!isPosted) {
    child.kill('SIGKILL');
    const log = join(intentFolder, 'watchdog.log');
    throw new Error(`the watchdog was not at its post within ${startLimitMs / 1000} s; see ${log}`);
  }
  return () => void child.kill('SIGTERM');
}
