// Decides what became of every order: its fate, from the history and the final reads and nothing else (docs/adr/0003-fates.md).

import { FATES, type Fate, progressOf } from '../model/order.ts';
import type { Evidence, FinalRead, OrderRecord, PlatformOrder, Submission } from './evidence.ts';
import { oncePerEvidence } from './once.ts';
import { flawsOf } from './record-flaws.ts';

/** What the final reads say together about one order. */
export interface OrderSight {
  /** `absent` is certain: a source that can tell says so. `both`: one source has it, another one has not. */
  readonly presence: 'present' | 'absent' | 'both' | 'unread';
  /** The state words of the sources that have it. */
  readonly states: readonly string[];
  /** When it was last seen; `null` when no time is known. */
  readonly seenMs: number | null;
}

export interface OrderFate {
  readonly order: OrderRecord;
  readonly fate: Fate;
  readonly sight: OrderSight;
}

/** The fate of every order of the history, in the order in which they began. */
export const fatesOf = oncePerEvidence((evidence: Evidence): readonly OrderFate[] => {
  const whole = flawsOf(evidence.history.condition).length === 0;
  return Array.from(evidence.history.orders.values(), (order) => {
    const sight = sightOf(order.key, evidence);
    return { order, sight, fate: fateOf(order, sight, { whole, read: evidence.finalReads?.reads.get(order.key) }) };
  });
});

/** How many orders have each fate. */
export function countFates(fates: readonly OrderFate[]): Record<Fate, number> {
  const counts = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>;
  for (const { fate } of fates) counts[fate] += 1;
  return counts;
}

interface Circumstances {
  /** The history holds everything that was done. */
  readonly whole: boolean;
  readonly read: FinalRead | undefined;
}

/** Fates of orders that the platform did not acknowledge, by what it said at the submit and what the final reads say. */
const UNACKNOWLEDGED = {
  unknown: { there: 'recovered', absent: 'never', unread: 'unknown' },
  refused: { there: 'contradicted', absent: 'refused', unread: 'unknown' },
  none: { there: 'contradicted', absent: 'unsubmitted', unread: 'unsubmitted' },
} as const satisfies Record<Exclude<Submission, 'acknowledged'>, Record<'there' | 'absent' | 'unread', Fate>>;

function fateOf(order: OrderRecord, sight: OrderSight, { whole, read }: Circumstances): Fate {
  if (order.submission === 'acknowledged') return acknowledgedFate(order, sight, read);
  const seen = sight.presence === 'present' || sight.presence === 'both' ? 'there' : sight.presence;
  // In a history with missing lines the submit may have been sent and its line lost.
  if (order.submission === 'none' && seen === 'there' && !whole) return 'recovered';
  return UNACKNOWLEDGED[order.submission][seen];
}

function acknowledgedFate(order: OrderRecord, sight: OrderSight, read: FinalRead | undefined): Fate {
  if (sight.presence === 'absent' || sight.presence === 'both') return 'lost';
  if (sight.states.length === 0) return 'unread';
  const progress = sight.states.map(progressOf);
  if (progress.includes('open')) return wasCompleted(order, read) ? 'lost' : 'stuck';
  if (progress.includes('unrecognised')) return 'stuck';
  return progress.includes('failed') ? 'failed' : 'completed';
}

/** Someone saw it completed before the last read: polling, or an earlier final read. */
function wasCompleted(order: OrderRecord, read: FinalRead | undefined): boolean {
  const polled = order.firstFinalReadMs !== null && order.status !== null && progressOf(order.status) === 'completed';
  return polled || read?.wasCompleted === true;
}

function sightOf(key: string, { run, finalReads, platform }: Evidence): OrderSight {
  const read = finalReads?.reads.get(key);
  const row = platform?.orders?.get(key);
  const rowsKnown = platform !== null && platform.orders !== null;
  const there = read?.present === true || row !== undefined;
  const absent = read?.present === false || (rowsKnown && row === undefined);
  return {
    presence: there && absent ? 'both' : there ? 'present' : absent ? 'absent' : 'unread',
    states: statesOf(read, row),
    seenMs: read?.timeMs ?? (rowsKnown ? (run.settle?.endedMs ?? null) : null),
  };
}

function statesOf(read: FinalRead | undefined, row: PlatformOrder | undefined): readonly string[] {
  const told = read?.present === true ? read.status : null;
  if (row === undefined) return told === null ? [] : [told];
  return told === null ? [row.status] : [told, row.status];
}
