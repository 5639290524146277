// The environment of a process of the suite that belongs to a target.

import { dirname } from 'node:path';
import { environmentOf, instanceOf } from '../../testbed/testbed.ts';
import type { Whereabouts } from './ground.ts';

/** Of a testbed: `down` finds and ends the process like any other. Elsewhere that of this process, with the secrets that the target file refers to. */
export function suiteEnvironment({ kind, place }: Whereabouts): NodeJS.ProcessEnv {
  if (kind !== 'embedded') return process.env;
  const instance = instanceOf(place);
  return environmentOf(instance, { STAMPEDE_HOME: dirname(dirname(instance.folder)) });
}
