// The environment of a process of the suite that belongs to a testbed: `down` finds and ends it like any other.

import { dirname } from 'node:path';
import { environmentOf, instanceOf } from '../../testbed/testbed.ts';

export function suiteEnvironment(instanceName: string): Record<string, string> {
  const instance = instanceOf(instanceName);
  return environmentOf(instance, { STAMPEDE_HOME: dirname(dirname(instance.folder)) });
}
