// Where the load is, in one line for who waits.

import { type Profile, plannedLoadMs } from '../lib/model/profile.ts';
import { stageAt } from '../lib/workload/stages.ts';
import type { LiveFigures } from './live-figures.ts';

/** `elapsedMs`: since the load began. When its planned time is over, orders that are open still come to their end. */
export function progressLine(profile: Profile, elapsedMs: number, figures: LiveFigures): string {
  const { users, ordersPerSecond, p90Ms, failedOrders } = figures;
  const plannedMs = plannedLoadMs(profile);
  const seconds = (ms: number): number => Math.round(ms / 1000);
  const where =
    elapsedMs > plannedMs
      ? `waiting for open orders, ${seconds(elapsedMs - plannedMs)} s after the planned ${seconds(plannedMs)} s`
      : `stage ${stageAt(profile, elapsedMs).name} · ${seconds(elapsedMs)} of ${seconds(plannedMs)} s`;
  const p90 = p90Ms === null ? '–' : `${(p90Ms / 1000).toFixed(2)} s`;
  return `load: ${where} · ${users} users · ${ordersPerSecond.toFixed(1)} orders/s · p90 ${p90} · ${failedOrders} failed`;
}
