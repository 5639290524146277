// What checkers see: everything that a run wrote, folded into a form that fits in memory. Nothing else decides a verdict.

import type { Observation, TotalName } from '../model/evidence.ts';
import type { ClockReading, EndLine, Outcome } from '../model/history.ts';
import type { RunRecord } from '../model/run.ts';
import type { DeadLetterLine, TapEnd } from '../model/tapped.ts';
import type { TimelineEnd } from '../model/timeline.ts';
import type { Samples } from '../stats/samples.ts';
import type { FoldedFaults } from './faults/fault-record.ts';
import type { FoldedMessages } from './messages/message-evidence.ts';

/** One order as the history tells it. Times are `timeMs` of history lines; durations are monotonic milliseconds. */
export interface OrderRecord {
  /** The client-made customer id. */
  readonly key: string;
  readonly stage: string;
  readonly process: string;
  /** The first invoke. */
  readonly beganMs: number;
  /** Durations of all steps before the submit, without the pauses between them. */
  readonly stepsMs: number;
  /** The first submit's invoke, or `null` when none was begun. */
  readonly submittedMs: number | null;
  /** When the first submit that went well was answered. */
  readonly acknowledgedMs: number | null;
  readonly submission: Submission;
  /** The platform's id, as soon as any answer told it. */
  readonly orderId: string | null;
  /** Another id that a later submit of the same order got: two orders for one. */
  readonly secondOrderId: string | null;
  readonly resubmits: number;
  readonly awaited: 'no' | 'open' | 'done';
  /** What polling saw; the three fields of lib/model/history.ts, AwaitValue. */
  readonly status: string | null;
  readonly lastOpenReadMs: number | null;
  readonly firstFinalReadMs: number | null;
  /** The operation that the record ends with, and what came of it. */
  readonly lastStep: string;
  readonly lastOutcome: Outcome | 'open';
  /** The last line about this order. */
  readonly lastMs: number;
  /** Sums over the order's line items; not certain when it is unknown whether an item was added. */
  readonly pieces: number;
  readonly cents: number;
  /** The line items as lib/model/order-content.ts writes them; empty when none was added. */
  readonly items: string;
  readonly contentCertain: boolean;
  /** False when the platform sets the prices: `cents` then says nothing. */
  readonly priced: boolean;
}

/** `none`: never submitted · `acknowledged`: a submit or resubmit ended ok · `refused`: every one certainly failed · `unknown`: the rest. */
export type Submission = 'none' | 'acknowledged' | 'unknown' | 'refused';

/** What came of the operations of one step in one stage. begun = ok + fail + info + open. */
export interface StepTally {
  readonly begun: number;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  /** Begun, and never completed. */
  readonly open: number;
  /** Those of `info` that ended when the load was being stopped from outside. */
  readonly infoAtStop: number;
  /** Of the operations that ended ok. */
  readonly durationsMs: Samples;
  /** How often each error code came. */
  readonly errors: ReadonlyMap<string, number>;
}

export interface StageTally {
  readonly steps: ReadonlyMap<string, StepTally>;
  /** Status polls inside the completed `await` operations. */
  readonly polls: { readonly reads: number; readonly failed: number };
}

/** One writer of history lines, and what is wrong with its lines. */
export interface WriterRecord {
  readonly generator: string;
  readonly begin: ClockReading | null;
  readonly end: EndLine | null;
  /** Lines seen, by type. */
  readonly counts: Readonly<Record<'invoke' | Outcome, number>>;
  /** Numbers below the highest one that no invoke carries. */
  readonly missingInvokes: number;
  /** Begin lines beyond the first. */
  readonly repeatedBegins: number;
  readonly repeatedInvokes: number;
  readonly repeatedCompletions: number;
  readonly completionsWithoutInvoke: number;
  /** Completions that name another step or order than their invoke. */
  readonly misfits: number;
  readonly linesAfterEnd: number;
  /** The latest timeMs of its lines. */
  readonly lastMs: number;
}

/** What reading a file of history lines showed about the file itself. */
export interface RecordCondition {
  readonly writers: readonly WriterRecord[];
  /** Lines that are not history lines of this run, except a torn last one. */
  readonly damagedLines: number;
  /** The first of them: line number (from 1) and what is wrong. */
  readonly damage: readonly { readonly line: number; readonly reason: string }[];
  /** The last line is half a line: its writer was cut off in the middle. */
  readonly tornLastLine: boolean;
}

/** One probe as the history tells it (lib/model/probe.ts). */
export interface ProbeRecord {
  readonly beganMs: number;
  /** `null`: it was cut. */
  readonly endedMs: number | null;
  readonly outcome: Outcome | 'open';
  /** Of a broken one: the step that did not go well, when that was begun, and what it met with. */
  readonly step: string | null;
  readonly sinceMs: number | null;
  readonly code: string | null;
}

export interface FoldedHistory {
  readonly condition: RecordCondition;
  /** Those of the load and those of the probe; the latter in the stage PROBE_STAGE. */
  readonly orders: ReadonlyMap<string, OrderRecord>;
  /** In the order in which they began. */
  readonly probes: readonly ProbeRecord[];
  readonly stages: ReadonlyMap<string, StageTally>;
  /** Orders whose key two processes used: the identity of orders is broken. */
  readonly sharedKeys: number;
  /** Exceptions of the scenario, as it wrote them down. */
  readonly suiteDefects: number;
  readonly suiteDefectMessages: readonly string[];
}

/** The last final read of an order that got an answer. */
export interface FinalRead {
  readonly present: boolean;
  readonly status: string | null;
  /** When it was answered. */
  readonly timeMs: number;
  /** An earlier final read of the same order had found it completed. */
  readonly wasCompleted: boolean;
  /** Whose order the platform said it is: this one's, another one's, or it did not say. */
  readonly customer: 'same' | 'other' | 'unsaid';
  /** Its line items as the platform told them; `null` when it did not say. */
  readonly items: string | null;
}

export interface FoldedFinalReads {
  readonly condition: RecordCondition;
  readonly reads: ReadonlyMap<string, FinalRead>;
}

/** How often each kind of effect happened to an order; a kind that is not there happened never. */
export type EffectCounts = Readonly<Record<string, number>>;

/** An order of the run in the platform's own store. */
export interface PlatformOrder {
  /** Rows with this key; more than one means that one order became several. */
  readonly rows: number;
  /** Of the last row. */
  readonly status: string;
  /** Its id in the store, when no row has the one that the client was told. */
  readonly otherId: string | null;
  /** Over all rows; means nothing unless the effects were read. */
  readonly effects: EffectCounts;
}

/** Rows of the target's own queries. */
export interface PlatformRows {
  /** By key; `null` when the query did not come to its end: nothing is known then. */
  readonly orders: ReadonlyMap<string, PlatformOrder> | null;
  /** The queries of orders and of effects came to their end. */
  readonly effectsRead: boolean;
  /** Effects of the run's customers under order ids that none of the orders read has. */
  readonly strayEffects: readonly { readonly orderId: string; readonly effects: EffectCounts }[];
  readonly totals: { readonly before: Totals; readonly after: Totals };
}

export type Totals = ReadonlyMap<TotalName, number>;

/** What the tap on the platform's events saw. */
export interface FoldedTapped {
  /** Order ids by event. One that came twice is there once: a tap may get a message again. */
  readonly orderIds: ReadonlyMap<string, ReadonlySet<string>>;
  /** Each message once. */
  readonly deadLetters: readonly Pick<DeadLetterLine, 'event' | 'orderId' | 'queue' | 'reason'>[];
  /** `null` when the tap was not read to its end, or its end line does not fit the others. */
  readonly end: TapEnd | null;
}

/** A file of the run directory with lines that cannot be read. */
export interface DamagedFile {
  readonly file: string;
  readonly lines: number;
  readonly reason: string;
}

/** What one series of delays looked like in one second. */
export interface DelayWindow {
  /** Start of the second, epoch milliseconds. */
  readonly timeMs: number;
  /** The delays, as a line of the timeline holds them (lib/model/timeline.ts). */
  readonly hist: string;
}

export interface FoldedTimeline {
  /** `null` when the end line is missing. */
  readonly end: TimelineEnd | null;
  /** Lines before the end line, without those whose histogram cannot be read. */
  readonly lines: number;
  /** How late the generator's own timer was. */
  readonly lag: readonly DelayWindow[];
  /** How much too long the shoppers' pauses were; empty where the profile has none. */
  readonly overshoot: readonly DelayWindow[];
}

export interface Evidence {
  readonly run: RunRecord;
  /** Without writers and orders when the file is missing. */
  readonly history: FoldedHistory;
  /** `null` when no final read was written. */
  readonly finalReads: FoldedFinalReads | null;
  /** Present when the run's subject is messages: `history` and `finalReads` then hold no orders. */
  readonly messages?: FoldedMessages;
  /** Absent when there is no chaos.ndjson: nothing was broken on purpose. */
  readonly chaos?: FoldedFaults;
  /** `null` when no query was made. */
  readonly platform: PlatformRows | null;
  /** `null` when no event was tapped. */
  readonly tapped: FoldedTapped | null;
  /** `null` when nothing was observed. */
  readonly observations: readonly Observation[] | null;
  /** `null` when there is no timeline. */
  readonly timeline: FoldedTimeline | null;
  readonly damagedFiles: readonly DamagedFile[];
}
