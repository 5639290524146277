// Folds the files of a run about messages, line by line, into one record per message, and counts what the suite did wrong itself.

import { type CompletionLine, type InvokeLine, SUITE_DEFECT } from '../../model/history.ts';
import { CONSUME, type ConsumeValue, DEAD_LETTER_QUEUE, PUBLISH } from '../../model/message.ts';
import type { FoldedHistory } from '../evidence.ts';
import { foldRecord, type IsHistoryLine, type LineBatches, type OperationSink } from '../fold/record-fold.ts';
import { TallyFold } from '../fold/step-tally.ts';
import type { MessageRecord } from './message-evidence.ts';

const MESSAGES_LIMIT = 5;
/** All that is ever done to messages: another word is a mistake, and what stands behind it would be overlooked. */
const KNOWN: readonly string[] = [PUBLISH, CONSUME, SUITE_DEFECT];
/** Messages belong to no stage. */
const ALL_STAGES = '(none)';

export type Phase = 'load' | 'drain';

class Message implements MessageRecord {
  readonly key: string;
  readonly published = { acked: 0, refused: 0, unknown: 0 };
  ackedMs: number | null = null;
  deliveries = 0;
  redelivered = 0;
  marked = 0;
  markedBeforeAll = false;
  unsettled = 0;
  deadLettered = 0;
  consumedMs: number | null = null;

  constructor(key: string) {
    this.key = key;
  }
}

/** Takes the load generator's history and the suite's final reads, one after the other. */
export class MessagesFold implements OperationSink {
  readonly records = new Map<string, Message>();
  readonly suiteDefectMessages: string[] = [];
  suiteDefects = 0;
  /** `drain`: what comes now are the final reads. They are written by one process after the load is over, so their order is certain. */
  phase: Phase = 'load';
  #ackedMs: number | null = null;
  #longestGapMs: number | null = null;
  #lastPublishMs = Number.NEGATIVE_INFINITY;

  /** The time after the last acknowledgement counts as well, as long as something was still being published. */
  get longestGapMs(): number | null {
    if (this.#ackedMs === null) return null;
    const tailMs = this.#lastPublishMs - this.#ackedMs;
    return tailMs > 0 ? Math.max(this.#longestGapMs ?? 0, tailMs) : this.#longestGapMs;
  }

  invoke(line: InvokeLine): void {
    if (line.f === SUITE_DEFECT) this.suiteDefects += 1;
    if (line.f === PUBLISH) this.#publishing(line);
    if (line.f === CONSUME) this.#delivered(line);
  }

  complete(line: CompletionLine): void {
    if (line.f === SUITE_DEFECT) this.#noteDefect(line);
    if (line.f === PUBLISH) this.#published(line);
    if (line.f === CONSUME) this.#settled(line);
  }

  /** Unknown until a completion says more. */
  #publishing(line: InvokeLine): void {
    this.#message(line.key).published.unknown += 1;
    this.#lastPublishMs = Math.max(this.#lastPublishMs, line.timeMs);
  }

  #published(line: CompletionLine): void {
    const message = this.#message(line.key);
    if (line.type === 'info') return;
    message.published.unknown -= 1;
    if (line.type === 'fail') message.published.refused += 1;
    else {
      message.published.acked += 1;
      message.ackedMs = earlier(message.ackedMs, line.timeMs);
      this.#progressed(line.timeMs);
    }
  }

  #delivered(line: InvokeLine): void {
    const message = this.#message(line.key);
    const { redelivered, deliveryCount, queue } = line.value as unknown as ConsumeValue;
    const isDeadLetter = queue === DEAD_LETTER_QUEUE;
    const isMarked = redelivered || deliveryCount > 0 || isDeadLetter;
    // Virtual users write in no certain order: of the load's own deliveries none is known to be the later one.
    const isFirstUnmarked = !isMarked && message.marked === message.deliveries;
    if (isFirstUnmarked && message.marked > 0 && this.phase === 'drain') message.markedBeforeAll = true;
    message.deliveries += 1;
    if (redelivered) message.redelivered += 1;
    if (isDeadLetter) message.deadLettered += 1;
    if (isMarked) message.marked += 1;
  }

  #settled(line: CompletionLine): void {
    const message = this.#message(line.key);
    if (line.type === 'fail') message.unsettled += 1;
    else message.consumedMs = earlier(message.consumedMs, line.timeMs);
  }

  /** Lines of several virtual users may be a little out of order. */
  #progressed(timeMs: number): void {
    if (this.#ackedMs !== null) this.#longestGapMs = Math.max(this.#longestGapMs ?? 0, timeMs - this.#ackedMs);
    this.#ackedMs = Math.max(this.#ackedMs ?? timeMs, timeMs);
  }

  #message(key: string): Message {
    let message = this.records.get(key);
    if (message === undefined) {
      message = new Message(key);
      this.records.set(key, message);
    }
    return message;
  }

  #noteDefect(line: CompletionLine): void {
    if (this.suiteDefectMessages.length < MESSAGES_LIMIT) {
      this.suiteDefectMessages.push(line.error?.message ?? 'without a message');
    }
  }
}

function earlier(known: number | null, timeMs: number): number {
  return known === null ? timeMs : Math.min(known, timeMs);
}

/** Counts the operations of a file by what was done, besides handing them on. */
class Counted implements OperationSink {
  readonly tallies = new TallyFold(Number.POSITIVE_INFINITY);
  readonly #fold: MessagesFold;

  knows(f: string): boolean {
    return KNOWN.includes(f);
  }

  constructor(fold: MessagesFold) {
    this.#fold = fold;
  }

  invoke(line: InvokeLine): void {
    this.#fold.invoke(line);
    if (line.f !== SUITE_DEFECT) this.tallies.begin(ALL_STAGES, line.f);
  }

  complete(line: CompletionLine): void {
    this.#fold.complete(line);
    if (line.f !== SUITE_DEFECT) this.tallies.complete(ALL_STAGES, line);
  }
}

/** Streams one file into the fold; tells what the file is like, and counts its operations. Like `foldHistory`, it never throws for what stands in a line. */
export async function foldMessages(
  fold: MessagesFold,
  batches: LineBatches,
  { run, isHistoryLine, phase }: { readonly run: string; readonly isHistoryLine: IsHistoryLine; readonly phase: Phase },
): Promise<Pick<FoldedHistory, 'condition' | 'stages'>> {
  fold.phase = phase;
  const counted = new Counted(fold);
  const condition = await foldRecord(batches, run, isHistoryLine, counted);
  return { condition, stages: counted.tallies.stages };
}
