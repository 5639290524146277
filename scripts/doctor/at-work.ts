// Whether a run holds a platform of this machine just now: then nobody should be told to end it.

import { existsSync } from 'node:fs';
import { readTargetFile } from '../../lib/config/target-file.ts';
import type { Instance } from '../../testbed/testbed.ts';
import { isTargetInUse } from '../commands/target-lock.ts';

/** By its name, as the suite's own runs hold it, or by its addresses, as a run with its target file does. */
export async function isAtWork(instance: Instance, targetFile: string | null = instance.targetFile): Promise<boolean> {
  if (await isTargetInUse(instance)) return true;
  if (targetFile === null || !existsSync(targetFile)) return false;
  try {
    return await isTargetInUse(readTargetFile(targetFile));
  } catch {
    // Of another version of the suite: nobody knows.
    return false;
  }
}
