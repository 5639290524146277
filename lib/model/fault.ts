// What the history tells of faults beside their intents: how they struck, and how they were healed.

import type { Json } from './history.ts';

/** Effect of a fault that strikes several times, one after the other. A type, not an interface, so that it can be written down as JSON. */
export type StrikesInTurn = {
  readonly inTurn: readonly { readonly afterMs: number; readonly effect: Json }[];
};

/** A type, as above. */
export type Healing = {
  /** Nodes that did not come back by themselves and were restarted by the suite. */
  readonly helped: readonly string[];
};
