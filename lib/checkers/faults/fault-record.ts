// What checkers see of the faults of a run: one record per fault, and the condition of the file that tells of them.

import type { Json, Outcome } from '../../model/history.ts';
import type { RecordCondition } from '../evidence.ts';

/** One fault: two operations of the process `chaos`. Times are `timeMs` of history lines. */
export interface FaultRecord {
  /** Key of its operations. */
  readonly key: string;
  /** Whom it was to strike, as it was written down before. */
  readonly intent: Json;
  /** True: it is on until it is healed. False: it is over at once, and whatever supervises what it struck brings it back. */
  readonly lasting: boolean;
  /** When the intent was written down, just before the fault struck. */
  readonly struckMs: number;
  /** When it struck, each time: once, unless it strikes several in turn. */
  readonly strikesMs: readonly number[];
  /** `ok`: it was seen to have an effect. */
  readonly inject: Outcome | 'open';
  /** When the effect was seen; `null` when it was not. */
  readonly effectMs: number | null;
  /** `none`: healing was never begun. */
  readonly heal: Outcome | 'open' | 'none';
  readonly healBeganMs: number | null;
  /** When all was well again; `null` when that was not seen. */
  readonly healedMs: number | null;
  /** Nodes that healing had to restart: they did not come back by themselves. */
  readonly helped: readonly string[];
  /** Why inject or heal did not go well. */
  readonly complaint: string | null;
}

export interface FoldedFaults {
  /** In the order in which they struck. */
  readonly faults: readonly FaultRecord[];
  readonly condition: RecordCondition;
}

/** Faults that were seen to have an effect; only they put anything at risk. */
export function struck(faults: readonly FaultRecord[]): readonly FaultRecord[] {
  return faults.filter(({ inject }) => inject === 'ok');
}

/** Something that is acknowledged at one moment and out of danger at another, such as a message that is consumed or an order that is final. */
export interface Exposed {
  readonly ackedMs: number | null;
  /** `null`: that was not seen. */
  readonly safeMs: number | null;
}

/** Acknowledged and not yet safe when a fault struck, or acknowledged from then until all was well again. */
export function wasAtRisk({ ackedMs, safeMs }: Exposed, faults: readonly FaultRecord[]): boolean {
  if (ackedMs === null) return false;
  return struck(faults).some(({ struckMs, healedMs }) => {
    if (ackedMs > (healedMs ?? Number.POSITIVE_INFINITY)) return false;
    return ackedMs >= struckMs || safeMs === null || safeMs > struckMs;
  });
}
