// A target together with the faults that can be made on it: who opens the one gives the other, so that they fit.

import type { FaultsByName } from '../engine/heal-intent.ts';
import type { Ground } from './ground.ts';

export interface Scene {
  readonly system: Ground;
  readonly faultNamed: FaultsByName;
}
