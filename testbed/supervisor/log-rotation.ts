// Keeps the logs of a testbed from growing without end: a log that is too long moves to `<name>.log.1` and begins anew.

import { copyFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

export const LOG_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Looks at all logs of the folder once. The processes keep their files open, appending, so a log is copied and then emptied;
 * lines written between the two are lost.
 */
export async function rotateLogs(folder: string, limitBytes = LOG_LIMIT_BYTES): Promise<void> {
  const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  for (const path of logs.map((name) => join(folder, name))) {
    if ((await stat(path)).size <= limitBytes) continue;
    await copyFile(path, `${path}.1`);
    await truncate(path);
  }
}
