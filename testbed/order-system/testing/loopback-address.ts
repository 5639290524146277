// An address of the loopback network that nobody else is likely to have, so that every port may be the usual one.

import { randomInt } from 'node:crypto';

export function loopbackAddress(): string {
  return `127.${randomInt(2, 250)}.${randomInt(2, 250)}.${randomInt(2, 250)}`;
}
