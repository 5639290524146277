// Folders for tests, in the machine's folder for temporary files: gone with all that is in them when the file of tests is through.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

// Registered before anything that the importing file registers, and so called after it: what runs in a folder has been ended by then.
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new and empty one. May be called anywhere: at the top of a file, in a hook, in a test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-test-'));
  made.push(folder);
  return folder;
}
