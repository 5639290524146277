// What a tapped message says of itself, as a line of events.ndjson. Its body is never kept.

import type { DeadLetterLine, EventLine } from '../../lib/model/tapped.ts';
import type { Binding } from '../../lib/model/target.ts';

/** What is read of a message, however it was delivered. */
export interface TappedMessage {
  readonly exchange: string;
  readonly type?: string | undefined;
  readonly messageId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

/** A dead letter is what came through an exchange of dead letters; every other message is an event. */
export function tapLine(
  message: TappedMessage,
  deadLetters: readonly Binding[],
  timeMs: number,
): EventLine | DeadLetterLine {
  const { type = null, correlationId = null, messageId = null } = message;
  const told = { v: 1, timeMs, event: type, orderId: correlationId, messageId } as const;
  if (!deadLetters.some(({ exchange }) => exchange === message.exchange)) return { ...told, type: 'event' };
  return { ...told, type: 'dead-letter', ...deathOf(message.headers?.['x-death']) };
}

/** The broker writes its newest death first. */
function deathOf(deaths: unknown): Pick<DeadLetterLine, 'queue' | 'reason'> {
  const [death] = Array.isArray(deaths) ? (deaths as readonly Record<string, unknown>[]) : [];
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { queue: text(death?.queue), reason: text(death?.reason) };
}
