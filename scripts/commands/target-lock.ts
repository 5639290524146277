// One run at a time on a target: two would load each other's platform and judge each other's orders and totals.

import { createHash } from 'node:crypto';
import { holdingLock } from '../../lib/machine/hold-lock.ts';
import { isLockHeld } from '../../lib/machine/lock.mjs';
import type { Target } from '../../lib/model/target.ts';
import type { Instance } from '../../testbed/testbed.ts';

/** Runs the work while holding the target. StampedeError 69 at once when another run of this machine holds it. */
export function withTargetLock<T>(target: Instance | Target, work: () => Promise<T>): Promise<T> {
  const refusal = {
    message: 'another run is loading this target',
    hint: 'Wait for it. For a second run beside it, use another testbed: --instance NAME.',
  };
  return holdingLock(lockOf(target), { waitMs: 0, refusal }, work);
}

/** Whether a run of this machine holds the target just now. */
export function isTargetInUse(target: Instance | Target): Promise<boolean> {
  return isLockHeld(lockOf(target));
}

function lockOf(target: Instance | Target): string {
  return `stampede-target-${nameOf(target)}`;
}

function nameOf(target: Instance | Target): string {
  if ('folder' in target) return target.key;
  const { shopping, orders } = target.http.baseUrls;
  return createHash('sha256').update(`${shopping} ${orders}`).digest('hex').slice(0, 32);
}
