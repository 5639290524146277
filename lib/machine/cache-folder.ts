// Where the suite keeps what it builds and runs, outside the clone, so that a second clone does not build it again.

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** `$STAMPEDE_HOME`, else `~/.cache/stampede`; absolute. Need not exist yet. Holds nothing that cannot be made anew. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment.STAMPEDE_HOME || join(homedir(), '.cache', 'stampede'));
}
