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
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject } from '../faults/fault.ts';
import type { ProcessIdentity } from '../targets/this-process.ts';

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
  readonly suite: ProcessIdentity;
  /** Wall-clock ms: from then on the fault is on for longer than it may be, whatever the suite does. */
  readonly healAfterMs: number;
}

/** What stands in a folder of intents. */
export interface StandingIntents {
  /** Oldest first by name. */
  readonly intents: readonly ActiveIntent[];
  /** Files that nobody can heal from: they may tell of a fault that is on. */
  readonly damaged: readonly { readonly path: string; readonly reason: string }[];
}

const SUFFIX = '.json';

const text = { type: 'string', minLength: 1 } as const;
const amount = { type: 'number' } as const;
/** What is there besides is left alone: a later version may have written it. */
const isIntent = new Ajv2020().compile<ActiveIntent>({
  type: 'object',
  required: ['v', 'id', 'run', 'key', 'fault', 'intent', 'suite', 'healAfterMs'],
  properties: {
    v: { const: 1 },
    ...{ id: text, run: text, key: text, fault: text, healAfterMs: amount },
    intent: { type: 'object' },
    suite: {
      type: 'object',
      required: ['pid', 'startTicks', 'bootId'],
      properties: { pid: amount, startTicks: amount, bootId: { type: 'string' } },
    },
  },
});

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

/** Throws where that cannot be told. */
export function isStanding(folder: string, id: string): boolean {
  return namesIn(folder).includes(`${id}${SUFFIX}`);
}

/** For who can do nothing about a damaged one: that is thrown for, since it must not be taken for "nothing is left". */
export function readIntents(folder: string): readonly ActiveIntent[] {
  const { intents, damaged } = standingIntents(folder);
  const [first] = damaged;
  if (first !== undefined) throw new Error(`${first.path} is no intent: ${first.reason}`);
  return intents;
}

/** Throws where the folder cannot be read; one that is not there is empty. */
export function standingIntents(folder: string): StandingIntents {
  const found = { intents: [] as ActiveIntent[], damaged: [] as { path: string; reason: string }[] };
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const read = readOne(path);
    if (read instanceof Error) found.damaged.push({ path, reason: read.message });
    else if (read !== null) found.intents.push(read);
  }
  return found;
}

/** `null` when it vanished between listing and reading. */
function readOne(path: string): ActiveIntent | Error | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isIntent(parsed)) return new Error(`it lacks or misuses ${wrongPart()}`);
    return `${parsed.id}${SUFFIX}` === basename(path) ? parsed : new Error(`it is that of ${parsed.id}`);
  } catch (cause) {
    return isMissing(cause) ? null : (cause as Error);
  }
}

function wrongPart(): string {
  const [first] = isIntent.errors ?? [];
  return `${first?.instancePath || 'a part'}: ${first?.message}`;
}

/** A folder that cannot be read is not an empty one. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(SUFFIX))
      .sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

function isMissing(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException).code === 'ENOENT';
}

function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
