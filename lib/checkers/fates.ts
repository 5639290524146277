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
}

export interface OrderFate {
  readonly order: OrderRecord;
  readonly fate: Fate;
  readonly sight: OrderSight;
  /** When the final read that `sight` comes from was made; `null` when its time is not known. */
  readonly seenMs: number | null;
}

/** The fate of every order of the history, in the order in which they began. */
export const fatesOf = oncePerEvidence((evidence: Evidence): readonly OrderFate[] => {
  const { history, finalReads, platform, run } = evidence;
  const whole = flawsOf(history.condition).length === 0;
  const rowsMs = platform?.orders ? (run.settle?.endedMs ?? null) : null;
  const seeing = new Sights();
  return Array.from(history.orders.values(), (order) => {
    const read = finalReads?.reads.get(order.key);
    const sight = seeing.of(read, platform?.orders ? (platform.orders.get(order.key) ?? 'none') : 'unknown');
    return { order, sight, fate: fateOf(order, sight, { whole, read }), seenMs: read?.timeMs ?? rowsMs };
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

/** Failures that come before an order can be complete: one that was completed cannot end in them. */
const BEFORE_COMPLETION: readonly string[] = ['PaymentFailed', 'OutOfStock'];

function acknowledgedFate(order: OrderRecord, sight: OrderSight, read: FinalRead | undefined): Fate {
  if (sight.presence === 'absent' || sight.presence === 'both') return 'lost';
  if (sight.states.length === 0) return 'unread';
  const progress = sight.states.map(progressOf);
  const last = progress.at(-1);
  if (last === 'open') return progress.includes('completed') || wasCompleted(order, read) ? 'lost' : 'stuck';
  if (last === 'unrecognised') return 'stuck';
  if (last !== 'failed') return 'completed';
  const undone = BEFORE_COMPLETION.includes(sight.states.at(-1) ?? '');
  return undone && (progress.includes('completed') || wasCompleted(order, read)) ? 'lost' : 'failed';
}

/** Someone saw it completed before the last read: polling, or an earlier final read. */
function wasCompleted(order: OrderRecord, read: FinalRead | undefined): boolean {
  const polled = order.firstFinalReadMs !== null && order.status !== null && progressOf(order.status) === 'completed';
  return polled || read?.wasCompleted === true;
}

/** Nearly all orders look the same in the end: they share one sight. */
class Sights {
  readonly #known = new Map<string, OrderSight>();

  /** `row`: the order in the platform's store, `none` when it is not there, `unknown` when the store was not read. */
  of(read: FinalRead | undefined, row: PlatformOrder | 'none' | 'unknown'): OrderSight {
    const stored = typeof row === 'string' ? null : row.status;
    const told = read?.present === true ? read.status : null;
    const there = read?.present === true || stored !== null;
    const absent = read?.present === false || row === 'none';
    const presence = there && absent ? 'both' : there ? 'present' : absent ? 'absent' : 'unread';
    const states = [told, stored].filter((state) => state !== null);
    const look = [presence, ...states].join('\n');
    const sight = this.#known.get(look) ?? { presence, states };
    this.#known.set(look, sight);
    return sight;
  }
}
