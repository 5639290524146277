// `stampede down`: ends a testbed and leaves nothing of it.

import { cleanUp, remainsOf } from './clean-up.ts';
import { instanceOf } from './instance.ts';
import { withInstanceLock } from './lock.ts';

export interface DownOptions {
  /** Name of the instance; the clone's own when absent. */
  readonly instance?: string;
}

export interface DownResult {
  readonly instance: string;
  /** False when there was nothing to end. */
  readonly removed: boolean;
}

/**
 * Stops everything of the instance, with a deadline, and removes it. Works as well on what a killed supervisor, a failed `up` or a
 * reboot has left, and on nothing. Throws a StampedeError (69) that names what could not be removed.
 */
export async function down(options: DownOptions = {}): Promise<DownResult> {
  const instance = instanceOf(options.instance);
  return withInstanceLock(instance, {}, async () => {
    const removed = remainsOf(instance).length > 0;
    if (removed) await cleanUp(instance);
    return { instance: instance.name, removed };
  });
}
