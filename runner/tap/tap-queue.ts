// The suite's own queue on the platform's exchanges: declared, bound, closed to new messages, removed.

import type { Channel } from 'rabbitmq-client';
import type { Binding, TapAccess } from '../../lib/model/target.ts';

export interface TapLimits {
  /** Messages that the tap holds: many times what waits there while the reader is away, and little for a broker. */
  readonly most: number;
  /** A queue that nobody reads any more, because the suite was killed, is removed by the broker itself after so long. */
  readonly expiresMs: number;
}

export const USUAL_LIMITS: TapLimits = { most: 100_000, expiresMs: 120_000 };
const MOST_BYTES = 256 << 20;

/** Names of one run's queues; what a target's user needs rights for (docs/targets.md). */
export interface TapQueues {
  readonly tap: string;
  /** Gets what the tap had to drop. */
  readonly overflow: string;
}

export function tapQueues(run: string): TapQueues {
  return { tap: `stampede-tap.${run}`, overflow: `stampede-tap.${run}.overflow` };
}

/**
 * Replicated like the queues beside it, because a publisher's confirm waits for this queue too; and when it is full it drops its oldest
 * message, never the platform's newest. What it drops is counted by a second queue of one place.
 */
export async function declareTap(
  channel: Channel,
  { tap, overflow }: TapQueues,
  { most, expiresMs }: TapLimits,
): Promise<void> {
  const common = { 'x-queue-type': 'quorum', 'x-expires': expiresMs, 'x-overflow': 'drop-head' } as const;
  await channel.queueDeclare({ queue: overflow, durable: true, arguments: { ...common, 'x-max-length': 1 } });
  const limits = { 'x-max-length': most, 'x-max-length-bytes': MOST_BYTES };
  const dropped = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': overflow };
  await channel.queueDeclare({ queue: tap, durable: true, arguments: { ...common, ...limits, ...dropped } });
}

export async function bindTap(channel: Channel, { tap }: TapQueues, access: TapAccess): Promise<void> {
  for (const { exchange, routingKey } of bindingsOf(access)) {
    await channel.queueBind({ queue: tap, exchange, routingKey });
  }
}

/** From here on nothing more comes. */
export async function unbindTap(channel: Channel, { tap }: TapQueues, access: TapAccess): Promise<void> {
  for (const { exchange, routingKey } of bindingsOf(access)) {
    await channel.queueUnbind({ queue: tap, exchange, routingKey });
  }
}

export async function removeTap(channel: Channel, { tap, overflow }: TapQueues): Promise<void> {
  for (const queue of [tap, overflow]) await channel.queueDelete({ queue });
}

function bindingsOf({ placed, captured, deadLetters = [] }: TapAccess): readonly Binding[] {
  return [placed, ...(captured === undefined ? [] : [captured]), ...deadLetters];
}
