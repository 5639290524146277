// Who the suite's own process is, and whether another one still runs: by pid and start time.

import { identityOf, isAlive, type ProcessIdentity } from '../../testbed/testbed.ts';

/** Throws where /proc does not show this process. */
export function thisProcess(): ProcessIdentity {
  const identity = identityOf(process.pid);
  if (identity === null) throw new Error('/proc does not show this process');
  return identity;
}

export { isAlive, type ProcessIdentity };
