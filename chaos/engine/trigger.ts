// Waits until a fault is due.

import { setTimeout as pause } from 'node:timers/promises';
import type { Trigger } from '../../lib/model/experiment.ts';
import type { Ground } from '../targets/ground.ts';
import type { LoadWatch } from './load-watch.ts';

const LOOK_EVERY_MS = 100;

export interface TriggerContext {
  readonly watch: Pick<LoadWatch, 'users'>;
  readonly system: Pick<Ground, 'broker'>;
  readonly nowMs: () => number;
  /** When the load began. */
  readonly loadStartedMs: number;
  /** Aborted when it is too late. */
  readonly signal: AbortSignal;
}

/** True when it is due; false when the signal came first. A queue that cannot be asked is asked again. */
export async function awaitTrigger(trigger: Trigger, context: TriggerContext): Promise<boolean> {
  const { nowMs, signal, loadStartedMs } = context;
  const begunMs = nowMs();
  const isDue = async (): Promise<boolean> => {
    if ('atS' in trigger) return nowMs() >= loadStartedMs + trigger.atS * 1000;
    if ('afterS' in trigger) return nowMs() >= begunMs + trigger.afterS * 1000;
    if ('atUsers' in trigger) return (context.watch.users ?? 0) >= trigger.atUsers;
    const { name, messages } = trigger.atQueue;
    const view = await context.system.broker.queue(name).catch(() => null);
    return (view?.messages ?? 0) >= messages;
  };
  while (!signal.aborted) {
    if (await isDue()) return !signal.aborted;
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
