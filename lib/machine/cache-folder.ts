// Where the suite keeps what it builds, outside the clone, so that a second clone does not build it again.

import { homedir } from 'node:os';
import { join } from 'node:path';

/** `$STAMPEDE_HOME`, else `~/.cache/stampede`. Need not exist yet. Holds nothing that cannot be made anew. */
export function cacheFolder(): string {
  return process.env.STAMPEDE_HOME || join(homedir(), '.cache', 'stampede');
}
