// What the tap on the platform's events saw, as lines of events.ndjson, and how a report names what was tapped.

/** An event of the platform, copied to the tap by the exchange that it was published to. */
export interface EventLine {
  readonly v: 1;
  readonly type: 'event';
  /** When the tap's reader got it. */
  readonly timeMs: number;
  /** The message's `type`, such as `OrderPlaced`; `null` when it has none. */
  readonly event: string | null;
  /** The message's `correlation_id`; `null` when it has none. */
  readonly orderId: string | null;
  readonly messageId: string | null;
}

/** A message that the platform gave up, copied to the tap by the dead-letter exchange. */
export interface DeadLetterLine extends Omit<EventLine, 'type'> {
  readonly type: 'dead-letter';
  /** The queue that it was given up in, and why, as the broker says; `null` when it does not. */
  readonly queue: string | null;
  readonly reason: string | null;
}

/** Written when the tap was closed to new messages and then read until it was empty. A tap without it was not read to its end. */
export interface TapEnd {
  readonly v: 1;
  readonly type: 'end';
  readonly timeMs: number;
  /** Lines before this one. */
  readonly lines: number;
  /** More came than the tap may hold: the oldest messages were dropped, and nobody knows which. */
  readonly overflowed: boolean;
}

export type TapLine = EventLine | DeadLetterLine | TapEnd;

/** What was tapped, as run.json tells it. */
export interface TapSummary {
  /** The event that the platform publishes for every order that it takes: the message's `type`. */
  readonly placedEvent: string;
  /** The one that it publishes for every order that was paid for, so that stock is committed; absent where it is not tapped. */
  readonly capturedEvent?: string;
  readonly deadLetters: boolean;
}
