// What happens during the load of a message run: when publishing speeds up or slows down, and when a fault strikes.

import { setTimeout as pause } from 'node:timers/promises';
import type { Conductor } from './conductor.ts';
import type { Strike } from './message-request.ts';

const POLL_MS = 50;
/** Messages flow for so long before the first fault, between two, and after the last one. */
const REST_MS = 10_000;
/** Without any fault a held backlog is left alone for so long. */
const CALM_MS = 5_000;

export interface Method {
  readonly conductor: Conductor;
  /** `undefined`: nothing is broken. */
  readonly strike: Strike | undefined;
  readonly say: (text: string) => void;
  /** The load is over, or is to be ended: no new fault is begun, and what was begun is healed. */
  readonly signal: AbortSignal;
}

/** Holds so many acknowledged messages, then lets the fault strike while publishing goes on slowly. */
export async function holdBacklog(method: Method, heldMessages: number): Promise<void> {
  const { conductor, signal, strike, say } = method;
  conductor.phase = 'fill';
  await until(() => conductor.totals.acked >= heldMessages, signal);
  conductor.phase = 'trickle';
  say(`${conductor.totals.acked} messages are acknowledged and held`);
  if (signal.aborted) return;
  if (strike === undefined) await rest(CALM_MS, signal);
  else await strike();
}

/** Faults come again and again, with rests, until the time is over; a fault that was begun is healed, and the load outlasts it. */
export async function streamThroughFaults(method: Method, lengthMs: number): Promise<void> {
  const { conductor, signal, strike } = method;
  conductor.phase = 'stream';
  const endMs = performance.now() + lengthMs;
  await until(() => conductor.totals.delivered > 0, signal);
  await rest(Math.min(REST_MS, lengthMs), signal);
  while (strike !== undefined && performance.now() < endMs && !signal.aborted) {
    await strike();
    await rest(REST_MS, signal);
  }
  await rest(endMs - performance.now(), signal);
}

async function until(holds: () => boolean, signal: AbortSignal): Promise<void> {
  while (!holds() && !signal.aborted) await pause(POLL_MS);
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  const endMs = performance.now() + ms;
  await until(() => performance.now() >= endMs, signal);
}
