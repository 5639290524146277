// Healing: the suite is stopped at random moments in the middle of experiments; afterwards nothing of a fault may be left.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readIntents } from '../../chaos/engine/intent-files.ts';
import { tracesOn } from '../../chaos/engine/traces.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import type { System } from '../../chaos/targets/system.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import type { Outcome } from '../outcome.ts';
import { experimentOf, type Moment, momentNumber } from './moments.ts';

const FRONT_DOOR = fileURLToPath(new URL('../../scripts/stampede.mjs', import.meta.url));
/** A suite that got a signal heals, reads back and reports within this. */
const END_LIMIT_MS = 240_000;
/** And a watchdog that is left alone, too. */
const CLEAN_LIMIT_MS = 240_000;
const LOOK_EVERY_MS = 250;

export interface HealingBenchOptions {
  readonly moments: number;
  readonly seed: number;
  /** Only the moment of this number, for a repetition. */
  readonly only?: number;
  readonly instance: string;
}

interface Stopped extends Moment {
  /** How far it had come: an intent stood on disk when the signal was sent. */
  readonly active: boolean;
  readonly exitCode: number | null;
  /** From the signal until nothing was left and all was well; `null` when that was not seen. */
  readonly cleanMs: number | null;
  readonly left: readonly string[];
}

export async function benchHealing(options: HealingBenchOptions, say: (line: string) => void): Promise<Outcome> {
  const { moments, seed, only, instance } = options;
  makeFolder('runs/bench');
  const folder = await mkdtemp('runs/bench/healing-');
  const numbers = only === undefined ? Array.from({ length: moments }, (_, index) => index + 1) : [only];
  await stampede(['up', '--game-day', '--instance', instance]);
  const all: Stopped[] = [];
  let smoke: number | null = null;
  try {
    for (const number of numbers) {
      const moment = momentNumber(number, seed);
      say(`moment ${number} of seed ${seed}: ${moment.fault}, ${moment.signal} after ${moment.afterMs} ms`);
      const stopped = await stopAt(moment, { folder, instance });
      say(
        `  ${stopped.active ? 'a fault was on' : 'no fault was on'}; clean after ${stopped.cleanMs} ms ${stopped.left}`,
      );
      all.push(stopped);
    }
    smoke = await stampede(['gate', '--profile', 'smoke', '--instance', instance, '--runs', join(folder, 'smoke')]);
  } finally {
    await stampede(['down', '--instance', instance]);
  }
  return outcomeOf(options, all, { smoke, folder });
}

async function stopAt(moment: Moment, { folder, instance }: { folder: string; instance: string }): Promise<Stopped> {
  const file = join(folder, `moment-${moment.number}.json`);
  await writeFile(file, JSON.stringify(experimentOf(moment)));
  const args = ['chaos', 'run', file, '--instance', instance, '--runs', join(folder, String(moment.number))];
  const child = spawn(process.execPath, [FRONT_DOOR, ...args], { detached: true, stdio: 'ignore' });
  const ended = once(child, 'close') as Promise<[number | null]>;
  await Promise.race([pause(moment.afterMs), ended]);
  const system = embeddedSystem(instance);
  const active = readIntents(system.intentFolder).length > 0;
  const stoppedAt = performance.now();
  stop(child.pid, moment.signal);
  const exitCode = await Promise.race([ended.then(([code]) => code), pause(END_LIMIT_MS, null, { ref: false })]);
  const left = await cleanWithin(system, CLEAN_LIMIT_MS);
  return {
    ...moment,
    active,
    exitCode,
    left,
    cleanMs: left.length > 0 ? null : Math.round(performance.now() - stoppedAt),
  };
}

/** The whole group, as a terminal does it, and as a machine that kills a job does it. */
function stop(pid: number | undefined, signal: Moment['signal']): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

/** What is left when the time is over; empty as soon as nothing is. */
async function cleanWithin(system: System, limitMs: number): Promise<readonly string[]> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const left = await leftOn(system);
    if (left.length === 0 || performance.now() >= endMs) return left;
    await pause(LOOK_EVERY_MS);
  }
}

async function leftOn(system: System): Promise<readonly string[]> {
  const intents = readIntents(system.intentFolder).map(({ id }) => `intent ${id}`);
  if (intents.length > 0) return intents;
  const watchdogs = await watchdogsOf(system.name);
  if (watchdogs.length > 0) return watchdogs;
  const traces = await tracesOn(system);
  if (traces.length > 0) return traces.map(({ what }) => what);
  const problem = await system.problem().catch((cause: Error) => cause.message);
  return problem === null ? [] : [problem];
}

/** It leaves by itself when nothing is left; one that stays is a leftover too. */
async function watchdogsOf(instance: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')] as const);
  const found = (await Promise.all(lines)).filter(([, line]) => {
    const parts = line.split('\0');
    return parts.some((part) => part.endsWith('watchdog-main.ts')) && parts.includes(instance);
  });
  return found.map(([pid]) => `watchdog ${pid}`);
}

function outcomeOf(
  { moments, seed }: HealingBenchOptions,
  all: readonly Stopped[],
  { smoke, folder }: { smoke: number | null; folder: string },
): Outcome {
  const clean = all.filter(({ cleanMs }) => cleanMs !== null).length;
  const heading = ['moment', 'fault', 'stopped by', 'after', 'a fault was on', 'exit', 'clean after', 'left'];
  const rows = all.map(({ number, fault, signal, afterMs, active, exitCode, cleanMs, left }) => [
    ...[String(number), fault, signal, `${afterMs} ms`, active ? 'yes' : 'no', String(exitCode ?? '–')],
    ...[cleanMs === null ? '–' : `${(cleanMs / 1000).toFixed(1)} s`, left.join(', ') || 'nothing'],
  ]);
  return {
    bench: 'healing',
    parameters: { moments, seed },
    table: [heading, ...rows],
    aims: [
      {
        what: 'moments after which nothing was left',
        aim: String(all.length),
        measured: String(clean),
        met: clean === all.length,
      },
      { what: 'smoke gate afterwards', aim: 'exit 0', measured: `exit ${smoke}`, met: smoke === 0 },
    ],
    notes: [
      'A moment is repeated with --seed and --only.',
      `Clean: no intent, no watchdog, no process frozen or held, no rule of the packet filter, no fault in a proxy, and everything serves. Runs: ${folder}`,
    ],
    measurements: all,
  };
}

/** Gives the exit code; what it prints is not for the table. */
async function stampede(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [FRONT_DOOR, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return exitCode;
}
