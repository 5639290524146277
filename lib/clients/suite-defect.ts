// What goes wrong in the suite itself in the middle of an iteration is written down, so that no verdict can overlook it.

import { ledger } from '../k6/ledger.ts';
import { shopper } from '../k6/shopper.ts';
import { SUITE_DEFECT } from '../model/history.ts';
import type { OrderJourney } from './order-journey.ts';

/** k6 begins the next iteration at once, and a defect in each would eat the machine. */
const PAUSE_S = 1;

/** Writes it down without secrets and rests a second; gives it back, to be thrown. */
export function writtenDown(cause: unknown, during: Pick<OrderJourney, 'session' | 'key' | 'stage'>): unknown {
  const { session, key, stage } = during;
  const message = session.redactor.redact(String(cause));
  ledger.begin({ f: SUITE_DEFECT, key, stage }).info({ code: 'exception', message });
  shopper.sleep(PAUSE_S);
  return cause;
}
