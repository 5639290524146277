// Makes the folder of a run before anything is loaded, or says why that cannot be done.

import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';

/**
 * Makes `path` and the folders above it that are missing. StampedeError 69 when that is not possible.
 * Step by step, because Node's own recursive mkdir never returns where a file system denies the existence of what it is to make (/proc).
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  try {
    for (const folder of missing.reverse()) mkdirSync(folder);
  } catch (cause) {
    throw new StampedeError(`the folder ${path} cannot be made: ${(cause as Error).message}`, {
      exitCode: EXIT.unavailable,
      hint: 'Give a folder that can be written to with --runs.',
      cause,
    });
  }
}
