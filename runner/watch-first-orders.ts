// Watches the history of a load that has just begun: when the target turns every order away, going on would measure nothing.

import { setTimeout as pause } from 'node:timers/promises';
import type { FoldedHistory } from '../lib/checkers/evidence.ts';
import { firstOrders, type Refusal } from '../lib/checkers/first-orders.ts';

const LOOK_EVERY_MS = 500;

/** Looks until the first orders tell; calls `onRefusal` once when all were turned away. Ends with the signal; a failed look is not one. */
export async function watchFirstOrders(
  read: () => Promise<FoldedHistory>,
  onRefusal: (refusal: Refusal) => void,
  { signal, lookEveryMs = LOOK_EVERY_MS }: { readonly signal: AbortSignal; readonly lookEveryMs?: number },
): Promise<void> {
  for (;;) {
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const told = await read().then(firstOrders, () => 'open' as const);
    if (told === 'mixed') return;
    if (told !== 'open') return onRefusal(told);
  }
}
