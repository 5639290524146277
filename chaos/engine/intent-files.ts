// The intents on disk: what may be active, written before anything is done and removed only when it was seen undone.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../faults/fault.ts';

/** All that a process which knows nothing else needs to undo one fault. */
export interface ActiveIntent {
  readonly v: 1;
  /** `<run>.<key>`: also the name of its file. */
  readonly id: string;
  readonly run: string;
  readonly key: string;
  /** Name of the fault (chaos/faults). */
  readonly fault: string;
  readonly intent: JsonObject;
  /** The suite's process: when it is gone, someone else must heal. */
  readonly suite: SuiteProcess;
  /** Wall-clock ms: from then on the fault is on for longer than it may be, whatever the suite does. */
  readonly healAfterMs: number;
}

/** A pid alone is soon given to another process. */
export interface SuiteProcess {
  readonly pid: number;
  readonly startTicks: number;
  readonly bootId: string;
}

const SUFFIX = '.json';

/** On disk, with its folder, when this returns. Throws where it cannot be: then nothing may be done. */
export function writeIntent(folder: string, intent: ActiveIntent): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${intent.id}${SUFFIX}`);
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(intent, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  syncFolder(folder);
}

/** One that is not there any more was healed by someone else. */
export function removeIntent(folder: string, id: string): void {
  rmSync(join(folder, `${id}${SUFFIX}`), { force: true });
}

/** Oldest first by name. A file that is no intent is thrown for: it must not be taken for "nothing is left". */
export function readIntents(folder: string): readonly ActiveIntent[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .flatMap((name) => readOne(join(folder, name)));
}

/** Nothing, when it vanished between listing and reading. */
function readOne(path: string): readonly ActiveIntent[] {
  try {
    return [JSON.parse(readFileSync(path, 'utf8')) as ActiveIntent];
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(`${path} is no intent: ${(cause as Error).message}`);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
