// Healing: the suite is stopped at random moments in the middle of experiments; afterwards nothing of a fault may be left.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readIntents } from '../../chaos/engine/intent-files.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import type { System } from '../../chaos/targets/system.ts';
import { killSuite } from '../../scripts/dev/suite-process.ts';
import { FRONT_DOOR, stampede } from '../in-testbed.ts';
import type { Outcome } from '../outcome.ts';
import { newBenchFolder } from '../run-folders.ts';
import { cleanWithin } from './leftovers.ts';
import { experimentOf, type Moment, momentNumber } from './moments.ts';
import { aimsOf, type Stopped, tableOf } from './table.ts';

/** A suite that got a signal heals, reads back and reports within this. */
const END_LIMIT_MS = 240_000;
/** And a watchdog that is left alone, too. */
const CLEAN_LIMIT_MS = 240_000;
/** Before any fault: preparations, the load's first seconds and the gate. */
const INTENT_LIMIT_MS = 90_000;
const LOOK_FOR_INTENT_EVERY_MS = 20;

export interface HealingBenchOptions {
  readonly moments: number;
  readonly seed: number;
  /** Only the moment of this number, for a repetition. */
  readonly only?: number;
  readonly instance: string;
}

export async function benchHealing(options: HealingBenchOptions, say: (line: string) => void): Promise<Outcome> {
  const { moments, seed, only, instance } = options;
  const folder = await newBenchFolder('healing');
  const numbers = only === undefined ? Array.from({ length: moments }, (_, index) => index + 1) : [only];
  const up = await stampede(['up', '--game-day', '--instance', instance]);
  if (up !== 0) throw new Error(`stampede up ended with ${up}: there was nothing to break`);
  const all: Stopped[] = [];
  let smoke: number | null = null;
  let down: number | null = null;
  try {
    for (const number of numbers) {
      const moment = momentNumber(number, seed);
      say(
        `moment ${number} of seed ${seed}: ${moment.fault}, ${moment.signal} ${moment.afterMs} ms after the ${moment.since}`,
      );
      const stopped = await stopAt(moment, { folder, instance });
      say(
        `  ${stopped.active ? 'a fault was on' : 'no fault was on'}; clean after ${stopped.cleanMs} ms ${stopped.left}`,
      );
      all.push(stopped);
    }
    smoke = await stampede(['gate', '--profile', 'smoke', '--instance', instance, '--runs', join(folder, 'smoke')]);
  } finally {
    down = await stampede(['down', '--instance', instance]);
  }
  return {
    bench: 'healing',
    parameters: { moments, seed },
    table: tableOf(all),
    aims: aimsOf(all, { smoke, down }, only !== undefined),
    notes: [
      'A moment is repeated with --seed and --only.',
      `Clean: no intent, no watchdog, no process frozen or held, no rule of the packet filter, no fault in a proxy, and everything serves. Runs: ${folder}`,
    ],
    measurements: all,
  };
}

async function stopAt(moment: Moment, { folder, instance }: { folder: string; instance: string }): Promise<Stopped> {
  const file = join(folder, `moment-${moment.number}.json`);
  await writeFile(file, JSON.stringify(experimentOf(moment)));
  const args = ['chaos', 'run', file, '--instance', instance, '--runs', join(folder, String(moment.number))];
  const child = spawn(process.execPath, [FRONT_DOOR, ...args], { detached: true, stdio: 'ignore' });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const system = embeddedSystem(instance);
  await Promise.race([isDue(moment, system), ended]);
  const active = readIntents(system.intentFolder).length > 0;
  const stoppedAt = performance.now();
  const hit = await stop(child, moment.signal);
  const how = await Promise.race([
    ended.then(([code, signal]) => signal ?? code),
    pause(END_LIMIT_MS, null, { ref: false }),
  ]);
  const left = await cleanWithin(system, CLEAN_LIMIT_MS);
  return {
    ...moment,
    active,
    hit,
    ended: how,
    left,
    cleanMs: left.length > 0 ? null : Math.round(performance.now() - stoppedAt),
  };
}

async function isDue({ since, afterMs }: Moment, { intentFolder }: System): Promise<void> {
  const endMs = performance.now() + INTENT_LIMIT_MS;
  while (since === 'intent' && readIntents(intentFolder).length === 0 && performance.now() < endMs) {
    await pause(LOOK_FOR_INTENT_EVERY_MS);
  }
  await pause(afterMs);
}

/**
 * A signal goes to the launcher's group, as from a terminal; SIGKILL to the suite itself before, which would see the launcher gone and
 * heal. False when all had ended by itself.
 */
async function stop({ pid, exitCode, signalCode }: ChildProcess, signal: Moment['signal']): Promise<boolean> {
  if (pid === undefined || exitCode !== null || signalCode !== null) return false;
  if (signal === 'SIGKILL') await killSuite(pid);
  try {
    process.kill(-pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
  return true;
}
