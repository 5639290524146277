// Reads a JSON file of a run directory and refuses what its schema does not know.

import { readFile } from 'node:fs/promises';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { complaintOf } from './schemas.ts';
import { unreadable } from './unreadable.ts';

/** Rejects with a StampedeError 64 when the file cannot be read or is not what this version of the suite writes there. */
export async function readJson<T>(path: string, isValid: ValidateFunction<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const value = parseJson(text);
  if (isValid(value)) return value;
  const complaint = value === undefined ? 'it is not JSON' : complaintOf(isValid);
  throw new StampedeError(`${path} is not what the suite writes there: ${complaint}`, {
    exitCode: EXIT.usage,
    hint: 'It may come from another version of the suite, or was changed by hand.',
  });
}

/** `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
