// The orders that a fault could have cost: acknowledged and not seen final when it struck, or acknowledged from then until all was well again.

import type { Evidence, OrderRecord } from '../evidence.ts';
import { fatesOf, type OrderFate } from '../fates.ts';
import { type FaultRecord, struck, wasAtRisk } from '../faults/fault-record.ts';

export interface OrdersAtRisk {
  readonly faults: number;
  readonly atRisk: number;
  readonly lost: number;
}

/** Over all these faults; an order that several of them put at risk counts once. */
export function ordersAtRisk(evidence: Evidence, faults: readonly FaultRecord[]): OrdersAtRisk {
  const atRisk = fatesOf(evidence).filter(({ order }) => wasAtRisk(exposed(order), faults));
  return { faults: struck(faults).length, atRisk: atRisk.length, lost: atRisk.filter(isLost).length };
}

function exposed({ acknowledgedMs, firstFinalReadMs }: OrderRecord) {
  return { ackedMs: acknowledgedMs, safeMs: firstFinalReadMs };
}

function isLost({ fate }: OrderFate): boolean {
  return fate === 'lost';
}
