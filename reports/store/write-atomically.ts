// Writes a file whole or not at all, so that a reader never sees half of it.

import { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { complaintOf } from './schemas.ts';

/** Replaces `path`, in a folder that is there, by `text`: a temporary file beside it, flushed to disk, then renamed. StampedeError 5 when that fails (disk full, …): the old file is left as it was. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeThrough(temporary, text);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new StampedeError(`${path} cannot be written: ${(cause as Error).message}`, {
      exitCode: EXIT.inconclusive,
      hint: 'Free space there, or give another folder with --runs. What was written until then stands.',
      cause,
    });
  }
}

/** Writes `value` as JSON; rejects with a StampedeError, and writes nothing, when it is not what the schema says. */
export async function writeJson<T>(path: string, value: T, isValid: ValidateFunction<T>): Promise<void> {
  if (!isValid(value)) {
    throw new StampedeError(`${basename(path)} was not written, it breaks its own schema: ${complaintOf(isValid)}`, {
      exitCode: EXIT.suiteDefect,
      hint: 'This is a defect of the suite; please report it with this message.',
    });
  }
  await writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}

async function writeThrough(path: string, text: string): Promise<void> {
  await using file = await open(path, 'w');
  await file.writeFile(text, 'utf8');
  await file.sync();
}
