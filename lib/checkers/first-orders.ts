// Whether all orders were turned away at one step in a way that speaks of a wrong address or of missing rights, not of the platform.

import { SUBMIT } from '../model/history.ts';
import type { FoldedHistory, StepTally } from './evidence.ts';

/** Fewer could be chance: a platform that refuses half of its orders refuses the first ten once in a thousand runs. */
export const ORDERS_TO_TELL = 10;

/** `login_…`: the answer to a flow's login, which stands for the first step of every order. */
const SPEAKS_OF = {
  // A redirect is not followed: it names another address.
  address: ['http_301', 'http_302', 'http_307', 'http_308', 'http_404', 'http_405', 'login_http_404', 'login_http_405'],
  rights: ['http_401', 'http_403', 'login_http_401', 'login_http_403'],
} as const;

export type RefusalKind = keyof typeof SPEAKS_OF;

export interface Refusal {
  readonly kind: RefusalKind;
  /** The step (`f`) that no order got past. */
  readonly step: string;
  /** The answers, e.g. `http_404`. */
  readonly codes: readonly string[];
  readonly orders: number;
}

/** `open`: too early to tell · `mixed`: an order got past every step, or they met with different ends, so the run is judged as ever. */
export type FirstOrders = 'open' | 'mixed' | Refusal;

/** From the history so far or from all of it; what the stop of the load cut does not count. */
export function firstOrders({ stages }: Pick<FoldedHistory, 'stages'>): FirstOrders {
  const tallies = [...stages.values()].flatMap(({ steps }) => [...steps]);
  if (tallies.some(([step, { ok }]) => step === SUBMIT && ok > 0)) return 'mixed';
  const [step, ...others] = new Set(tallies.filter(([, tally]) => endedHere(tally) > 0).map(([name]) => name));
  if (step === undefined) return 'open';
  const atStep = tallies.filter(([name]) => name === step).map(([, tally]) => tally);
  const noneWentOn = atStep.every(({ ok }) => ok === 0);
  return others.length === 0 && noneWentOn ? refusalAt(step, atStep) : 'mixed';
}

function endedHere({ fail, info, infoAtStop }: StepTally): number {
  return fail + info - infoAtStop;
}

function refusalAt(step: string, tallies: readonly StepTally[]): FirstOrders {
  const orders = tallies.reduce((sum, tally) => sum + endedHere(tally), 0);
  const times = (code: string) => tallies.reduce((sum, { errors }) => sum + (errors.get(code) ?? 0), 0);
  for (const [kind, meant] of Object.entries(SPEAKS_OF)) {
    const codes = meant.filter((code) => times(code) > 0);
    if (codes.reduce((sum, code) => sum + times(code), 0) !== orders) continue;
    return orders < ORDERS_TO_TELL ? 'open' : { kind: kind as RefusalKind, step, codes, orders };
  }
  return 'mixed';
}
