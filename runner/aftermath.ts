// After the load: wait until the orders have settled, then read every one of them back, over HTTP and from the platform's store.

import { appendFile } from 'node:fs/promises';
import { redactValue } from '../lib/config/known-secrets.ts';
import type { Progress } from '../lib/machine/progress.ts';
import { DATABASE_LAG_MS, type EffectsLine } from '../lib/model/evidence.ts';
import { effectLines, orderLines } from '../reports/store/query-lines.ts';
import type { RunDirectory } from '../reports/store/run-directory.ts';
import type { SteadyClock } from './clock.ts';
import { readFinally } from './final-reads.ts';
import { HistoryWriter } from './history-writer.ts';
import type { Interrupt } from './interrupt.ts';
import type { KnownOrder } from './known-orders.ts';
import type { Observer } from './observer.ts';
import type { OrderReader } from './order-reader.ts';
import type { PlatformStore } from './platform-store.ts';
import type { RunJournal } from './run-journal.ts';
import { settle, unsettledInStore, unsettledOverHttp } from './settle.ts';
import type { EventTap } from './tap/event-tap.ts';

/** After a stop by hand the wait is cut to this: the report is partial and says so. */
const STOPPED_SETTLE_MS = 10_000;
/** The final reads end after this, and so much per order: a target that hangs must not keep a verdict waiting for hours. */
const READS_LIMIT_MS = 60_000;
const READ_SHARE_MS = 10;
/** How long the queues are watched for a backlog to go: somewhat longer than any bound on it. */
const BACKLOG_LIMIT_MS = 75_000;

/** Timers are not exact, and a look that comes too early is none. */
const LAG_MARGIN_MS = 500;

/** What a run reads, watches and writes with. */
export interface Instruments {
  readonly directory: RunDirectory;
  readonly journal: RunJournal;
  readonly clock: SteadyClock;
  readonly interrupt: Interrupt;
  readonly progress: Progress;
  readonly reader: OrderReader;
  readonly store: PlatformStore | undefined;
  readonly observer: Observer;
  readonly tap: EventTap | undefined;
}

/** Settles, reads and writes down. What can't be read is a trouble of the run; the checkers then say "not measured". */
export async function readBack(orders: readonly KnownOrder[], after: Instruments): Promise<void> {
  const { journal, progress } = after;
  await journal.attempt('settle', () => settleOrders(orders, after));
  await journal.attempt('backlog', () => awaitBacklog(after));
  // Before the final reads: what is published while these go on belongs to no order that they could find.
  await journal.attempt('events', async () => after.tap?.finish(after.interrupt.nextStop));
  progress.say(`reading ${orders.length} orders back`);
  await journal.attempt('final reads', () => readOrders(orders, after));
  await journal.attempt('effects', () => readEffects(orders, after));
}

async function settleOrders(orders: readonly KnownOrder[], after: Instruments): Promise<void> {
  const { journal, interrupt, store, reader, clock, progress } = after;
  const { stuckAfterMs } = journal.record.profile;
  const limitMs = interrupt.stopLoad.aborted ? Math.min(stuckAfterMs, STOPPED_SETTLE_MS) : stuckAfterMs;
  const settled = await settle(orders, store === undefined ? unsettledOverHttp(reader) : unsettledInStore(store), {
    stuckAfterMs,
    nowMs: () => clock.nowMs(),
    signal: AbortSignal.any([AbortSignal.timeout(limitMs), interrupt.nextStop]),
    onLook: (open) =>
      progress.status(open === 0 ? 'all orders are settled' : `settling: ${open} orders are not final yet`),
  });
  await journal.update({ settle: settled });
}

async function awaitBacklog({ observer, interrupt, journal, clock, progress }: Instruments): Promise<void> {
  if (interrupt.stopLoad.aborted) return;
  progress.status('waiting until the queues are empty');
  const sinceLoadMs = clock.nowMs() - (journal.record.load?.endedMs ?? clock.nowMs());
  const lagMs = Math.max(0, DATABASE_LAG_MS + LAG_MARGIN_MS - sinceLoadMs);
  await observer.backlogGone({ lagMs, limitMs: BACKLOG_LIMIT_MS }, interrupt.nextStop);
}

async function readOrders(orders: readonly KnownOrder[], after: Instruments): Promise<void> {
  const { run, suiteVersion } = after.journal.record;
  const history = new HistoryWriter(after.directory.finalReads, {
    run,
    generator: 'suite',
    tool: `stampede/${suiteVersion}`,
  });
  try {
    const limitMs = READS_LIMIT_MS + orders.length * READ_SHARE_MS;
    const signal = AbortSignal.any([AbortSignal.timeout(limitMs), after.interrupt.nextStop]);
    await readFinally(orders, after.reader, history, signal);
  } finally {
    history.close();
  }
}

async function readEffects(orders: readonly KnownOrder[], after: Instruments): Promise<void> {
  if (after.store === undefined || after.interrupt.stopEverything.aborted) return;
  const keys = orders.map((order) => order.key);
  const { orders: rows, effects, totals } = await after.store.read(keys);
  await appendEffects(after.directory, [...orderLines(rows), ...effectLines(effects), ...totals]);
}

/** Appends rows to effects.ndjson, without secrets: their texts are the target's. */
export async function appendEffects(directory: RunDirectory, lines: readonly EffectsLine[]): Promise<void> {
  if (lines.length === 0) return;
  await appendFile(directory.effects, lines.map((line) => `${JSON.stringify(redactValue({ ...line }))}\n`).join(''));
}
