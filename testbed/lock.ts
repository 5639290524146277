// The testbed's locks: one `up` or `down` at a time on an instance, one choice of a subnet at a time on a machine.

import { holdingLock } from '../lib/machine/hold-lock.ts';
import type { LockWait } from '../lib/machine/lock.mjs';
import type { Instance, InstanceKind } from './instance.ts';

/** Longer than `up` and `down` may take. */
const INSTANCE_WAIT_MS: Readonly<Record<InstanceKind, number>> = { testbed: 150_000, cluster: 16 * 60_000 };
/** Longer than it takes to choose a subnet and claim it. */
const MACHINE_WAIT_MS = 30_000;

const REFUSAL = {
  message: 'somebody else has begun to start or end this testbed, and has not come to an end',
  hint: 'Wait for it, or end it, and try again.',
};

/** Only one `up` or `down` at a time works on an instance. */
export function withInstanceLock<T>(
  instance: Instance,
  wait: Omit<LockWait, 'waitMs'>,
  work: () => Promise<T>,
): Promise<T> {
  return holdingLock(
    `stampede-testbed-${instance.key}`,
    { ...wait, waitMs: INSTANCE_WAIT_MS[instance.kind], refusal: REFUSAL },
    work,
  );
}

/** Only one `up` at a time chooses a subnet on this machine: abstract sockets reach exactly as far as the addresses do. */
export function withMachineLock<T>(work: () => Promise<T>): Promise<T> {
  return holdingLock('stampede-testbed-subnet', { waitMs: MACHINE_WAIT_MS, refusal: REFUSAL }, work);
}
