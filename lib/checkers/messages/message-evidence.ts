// What checkers see of a run whose subject is messages: one record per message.

/** One message as the history tells it. Times are `timeMs` of history lines. */
export interface MessageRecord {
  readonly key: string;
  /** Publications, by what came of them; `unknown` holds those that were never completed. */
  readonly published: { readonly acked: number; readonly refused: number; readonly unknown: number };
  /** When the first acknowledgement was written down. */
  readonly ackedMs: number | null;
  /** Every time that a consumer got it, whatever came of the delivery. */
  readonly deliveries: number;
  /** Of these, those marked `redelivered`. */
  readonly redelivered: number;
  /** Of the deliveries, those of which the broker said in whatever way that they need not be the first. */
  readonly marked: number;
  /** The first unmarked delivery came for certain after a marked one: what the broker had delivered before was not that one. */
  readonly markedBeforeAll: boolean;
  /** Deliveries whose acknowledgement was certainly not sent: the broker still owes the message. */
  readonly unsettled: number;
  /** Deliveries from the dead-letter queue. */
  readonly deadLettered: number;
  /** When the first acknowledgement of a delivery was sent. */
  readonly consumedMs: number | null;
}

export interface FoldedMessages {
  readonly records: ReadonlyMap<string, MessageRecord>;
  /** The longest time between two acknowledgements while publishing was on; `null` with fewer than two. */
  readonly longestGapMs: number | null;
}

/** A delivery was settled, or may have been: the broker need not deliver it again. */
export function isConsumed({ deliveries, unsettled }: MessageRecord): boolean {
  return deliveries > unsettled;
}

export type MessageFate = 'consumed' | 'lost' | 'recovered' | 'never' | 'refused' | 'contradicted' | 'foreign';

/**
 * By the rules of Jepsen's total-queue. An acknowledged message is `consumed` or `lost`; one with unknown outcome `recovered` or `never`;
 * a refused one that was seen all the same is `contradicted`; `foreign` is what nobody published.
 */
export function messageFate(record: MessageRecord): MessageFate {
  const { acked, refused, unknown } = record.published;
  if (acked > 0) return isConsumed(record) ? 'consumed' : 'lost';
  if (unknown > 0) return record.deliveries > 0 ? 'recovered' : 'never';
  if (refused > 0) return record.deliveries > 0 ? 'contradicted' : 'refused';
  return 'foreign';
}

/** What explains that a message came more than once. */
export interface Duplication {
  readonly byRedelivery: number;
  readonly byResend: number;
  readonly unexplained: number;
}

/**
 * Every unmarked delivery is the first of a message that the broker got, and a marked one that comes before all of them is of a further one, whose
 * first delivery nobody saw. There may be as many as publications that can have arrived; all other deliveries are redeliveries.
 */
export function duplicationOf({ deliveries, marked, markedBeforeAll, published }: MessageRecord): Duplication {
  if (deliveries < 2) return { byRedelivery: 0, byResend: 0, unexplained: 0 };
  const different = deliveries - marked + (markedBeforeAll ? 1 : 0);
  const arrivable = Math.max(1, published.acked + published.unknown);
  const byResend = Math.max(0, Math.min(different, arrivable) - 1);
  const unexplained = Math.max(0, different - arrivable);
  return { byRedelivery: deliveries - 1 - byResend - unexplained, byResend, unexplained };
}
