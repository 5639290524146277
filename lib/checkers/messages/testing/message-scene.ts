// A scene for tests of the checkers of messages: what was published and consumed, and which faults struck meanwhile.

import type { Outcome } from '../../../model/history.ts';
import {
  CONSUME,
  DEAD_LETTER_QUEUE,
  HEAL,
  INJECT,
  MESSAGE_QUEUE,
  type MessageRun,
  PUBLISH,
} from '../../../model/message.ts';
import type { RunRecord } from '../../../model/run.ts';
import type { Evidence } from '../../evidence.ts';
import { foldFaults } from '../../faults/fold-faults.ts';
import { aRun } from '../../testing/a-run.ts';
import { HistoryBuilder, START_MS } from '../../testing/history-builder.ts';
import { acceptsAll } from '../../testing/scene.ts';
import { timelineWith } from '../../testing/watch-script.ts';
import { foldMessages, MessagesFold } from '../fold-messages.ts';

export type Published = Outcome | 'open';

export interface DeliveryScript {
  readonly atMs?: number;
  /** Of the acknowledgement. */
  readonly outcome?: Published;
  readonly redelivered?: boolean;
  readonly deliveryCount?: number;
  readonly deadLetter?: boolean;
}

interface FaultTold {
  readonly key?: string;
  readonly inject?: Published;
  readonly heal?: Published | 'none';
}

const LEFT = [
  { queue: MESSAGE_QUEUE, messages: 0 },
  { queue: DEAD_LETTER_QUEUE, messages: 0 },
];

const TOLD: MessageRun = {
  mode: 'backlog',
  fault: 'leader-kill',
  queueType: 'quorum',
  confirms: true,
  atRiskWanted: 1,
  drain: { startedMs: START_MS + 66_000, endedMs: START_MS + 70_000, nodes: ['a', 'b', 'c'], left: LEFT },
};

/** A drain that left so many messages in the queue. */
export const leaving = (messages: number): Partial<MessageRun> => ({
  drain: {
    ...{ startedMs: START_MS + 66_000, endedMs: START_MS + 70_000, nodes: ['a'] },
    left: [
      { queue: MESSAGE_QUEUE, messages },
      { queue: DEAD_LETTER_QUEUE, messages: 0 },
    ],
  },
});

export class MessageScene {
  readonly #history = new HistoryBuilder('g1');
  readonly #finalReads = new HistoryBuilder('suite');
  readonly #chaos = new HistoryBuilder('chaos');
  #told: MessageRun = TOLD;
  #run: Partial<RunRecord> = {};
  #changeHistory = (lines: readonly string[]): readonly string[] => lines;
  #changeReads = (lines: readonly string[]): readonly string[] => lines;
  #faults = 0;
  #wasDrained = true;

  told(change: Partial<MessageRun>): this {
    this.#told = { ...this.#told, ...change };
    return this;
  }

  run(facts: Partial<RunRecord>): this {
    this.#run = { ...this.#run, ...facts };
    return this;
  }

  publish(key: string, outcome: Published = 'ok', atMs = 1_000): this {
    this.#history.operation({ key, f: PUBLISH, atMs, outcome, process: 'vu1', ...errorOf(outcome) });
    return this;
  }

  /** By a consumer of the load. */
  stream(key: string, script: DeliveryScript = {}): this {
    this.#history.operation(consumption(key, script, 'vu5'));
    return this;
  }

  /** By the suite, in the end. */
  drain(key: string, script: DeliveryScript = {}): this {
    this.#finalReads.operation(consumption(key, { atMs: 67_000, ...script }, 'drain-a'));
    return this;
  }

  withoutDrain(): this {
    this.#wasDrained = false;
    return this;
  }

  /** Messages `m-1` … `m-n` that went the whole way. */
  held(count: number): this {
    for (let number = 1; number <= count; number++) this.publish(`m-${number}`).drain(`m-${number}`);
    return this;
  }

  /** Strikes at `atMs` and is well again 5 s later. */
  fault(atMs = 30_000, { key = 'leader-kill', inject = 'ok', heal = 'ok' }: FaultTold = {}): this {
    const fault = { key, process: 'chaos' };
    this.#faults += 1;
    this.#chaos.operation({ ...fault, f: INJECT, atMs, outcome: inject, durationMs: 100, ...errorOf(inject) });
    if (heal === 'none') return this;
    const healing = { ...fault, f: HEAL, atMs: atMs + 100, durationMs: 4_900 };
    this.#chaos.operation({ ...healing, outcome: heal, ...errorOf(heal) });
    return this;
  }

  history(change: (lines: readonly string[]) => readonly string[]): this {
    this.#changeHistory = change;
    return this;
  }

  finalReads(change: (lines: readonly string[]) => readonly string[]): this {
    this.#changeReads = change;
    return this;
  }

  /** What stands in the files of the scene. */
  files() {
    return {
      run: aMessageRun({ messages: this.#told, ...this.#run }),
      history: this.#changeHistory(this.#history.lines()),
      finalReads: this.#changeReads(this.#finalReads.lines()),
      chaos: this.#chaos.lines(),
    };
  }

  async evidence(): Promise<Evidence> {
    const { run, history, finalReads, chaos } = this.files();
    const of = { run: run.run, isHistoryLine: acceptsAll };
    const fold = new MessagesFold();
    const { condition, stages } = await foldMessages(fold, [history], { ...of, phase: 'load' });
    const read = this.#wasDrained ? await foldMessages(fold, [finalReads], { ...of, phase: 'drain' }) : null;
    const faults = this.#faults === 0 ? {} : { chaos: await foldFaults([chaos], of) };
    const { suiteDefects, suiteDefectMessages, records, longestGapMs } = fold;
    return {
      run,
      history: { condition, orders: new Map(), probes: [], stages, sharedKeys: 0, suiteDefects, suiteDefectMessages },
      finalReads: read && { condition: read.condition, reads: new Map() },
      messages: { records, longestGapMs },
      ...faults,
      platform: null,
      observations: null,
      timeline: timelineWith(1),
      tapped: null,
      damagedFiles: [],
    };
  }
}

export function aMessageRun(facts: Partial<RunRecord> = {}): RunRecord {
  const { profile, bounds, ...usual } = aRun();
  const backlog = { name: 'backlog', users: 4, rampS: 0, holdS: 0, promised: true };
  return {
    ...usual,
    scenario: 'message-durability',
    profile: { ...profile, name: 'durability-backlog', stages: [backlog] },
    bounds: bounds.filter(({ promisedBy }) => promisedBy.includes('durability-backlog')),
    settle: null,
    messages: TOLD,
    ...facts,
  };
}

function consumption(key: string, script: DeliveryScript, process: string) {
  const { atMs = 2_000, outcome = 'ok', redelivered = false, deliveryCount = 0, deadLetter = false } = script;
  const queue = deadLetter ? DEAD_LETTER_QUEUE : MESSAGE_QUEUE;
  return { key, f: CONSUME, atMs, outcome, process, asked: { redelivered, deliveryCount, queue }, ...errorOf(outcome) };
}

function errorOf(outcome: Published) {
  return outcome === 'fail' || outcome === 'info' ? { error: { code: outcome, message: `because of ${outcome}` } } : {};
}
