// The error for a file of a run directory that stands there and cannot be read.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';

/** StampedeError 64: what is named is no run directory, or not one that this user may read. */
export function unreadable(path: string, cause: unknown): StampedeError {
  const { code } = cause as NodeJS.ErrnoException;
  return new StampedeError(`${path} cannot be read${code === undefined ? '' : ` (${code})`}`, {
    exitCode: EXIT.usage,
    hint: 'Name the directory of a run, such as runs/<id>.',
    cause,
  });
}
