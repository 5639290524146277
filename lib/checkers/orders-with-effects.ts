// Which orders of the run the platform's store holds, with their effects, as far as both were read.

import type { Evidence, PlatformOrder } from './evidence.ts';

/** By key; `null` when orders or effects were not read. */
export function ordersWithEffects({ platform }: Evidence): ReadonlyMap<string, PlatformOrder> | null {
  return platform?.effectsRead === true ? platform.orders : null;
}
