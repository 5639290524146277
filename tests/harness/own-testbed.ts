// A testbed of its own around the tests of a file, removed afterwards in every case.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import type { System } from '../../chaos/targets/system.ts';
import { down, type UpOptions, up } from '../../testbed/testbed.ts';

const INSTANCE = 'faults';

/** Registers start and end of the testbed; gives what makes a system of it, anew with each call. */
export function ownTestbed(options: UpOptions = {}): () => System {
  let home: string;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'stampede-faults-'));
    vi.stubEnv('STAMPEDE_HOME', home);
    await up({ ...options, instance: INSTANCE });
  });
  afterAll(async () => {
    await down({ instance: INSTANCE });
    rmSync(home, { recursive: true });
  });
  return () => embeddedSystem(INSTANCE);
}
