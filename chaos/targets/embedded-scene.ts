// The embedded platform and the faults that can be made on it.

import { faultNamed } from '../faults/all-faults.ts';
import { embeddedSystem } from './embedded.ts';
import type { Scene } from './scene.ts';

/** Of the clone's own testbed when no name is given. Throws a StampedeError (69) when there is no such testbed. */
export function embeddedScene(name?: string): Scene {
  return { system: embeddedSystem(name), faultNamed };
}
