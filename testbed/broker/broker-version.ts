// Which versions of RabbitMQ the testbed's cluster can be made of: the one rule, for `up` and for the doctor.

import { typed } from '../../lib/machine/typed.ts';

/** Oldest with at-least-once dead-lettering; newest with `pause_minority`, and with a delivery limit that counts nacked messages. */
const OLDEST = { major: 3, minor: 10 };
const NEWEST = { major: 4, minor: 2 };

/** Why a cluster of this version would not behave as the testbed relies on, or `null`; for the end of a sentence. */
export function brokerRefusal(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (isBefore({ major, minor }, OLDEST)) {
    return 'versions before 3.10 cannot dead-letter at least once, so the platform could lose messages by itself';
  }
  if (isBefore(NEWEST, { major, minor })) {
    return 'from 4.3 on there is no pause_minority, and the delivery limit no longer counts messages that a consumer puts back';
  }
  return null;
}

/** What to do about a refused version. */
export const BROKER_ADVICE = `Install RabbitMQ 3.10 to 4.2. A platform of your own may have any: ${typed('gate --target FILE')}`;

interface Release {
  readonly major: number;
  readonly minor: number;
}

function isBefore(a: Release, b: Release): boolean {
  return a.major < b.major || (a.major === b.major && a.minor < b.minor);
}
