// Counts the messages of a run by what became of them, and those that were at risk when a fault struck.

import type { MessageFigures, MessageRun } from '../../model/message.ts';
import type { Evidence } from '../evidence.ts';
import { struck, wasAtRisk } from '../faults/fault-record.ts';
import { oncePerEvidence } from '../once.ts';
import {
  type Duplication,
  duplicationOf,
  type FoldedMessages,
  isConsumed,
  type MessageFate,
  type MessageRecord,
  messageFate,
} from './message-evidence.ts';

/** A run about messages: what it was told, what it wrote. Throws for evidence of another run, which its checkers never see. */
export function messagesOf({ run, messages }: Evidence): { readonly told: MessageRun; readonly seen: FoldedMessages } {
  if (run.messages === undefined || messages === undefined) throw new TypeError('this run followed no messages');
  return { told: run.messages, seen: messages };
}

/** Every message under its fate. */
export const messagesByFate = oncePerEvidence(
  (evidence): ReadonlyMap<MessageFate, readonly MessageRecord[]> =>
    Map.groupBy(messagesOf(evidence).seen.records.values(), messageFate),
);

export const messageFigures = oncePerEvidence((evidence): MessageFigures => {
  const { told, seen } = messagesOf(evidence);
  const { mode, fault, queueType, confirms } = told;
  const fates = messagesByFate(evidence);
  const of = (...names: readonly MessageFate[]): number =>
    names.reduce((sum, name) => sum + (fates.get(name)?.length ?? 0), 0);
  const records = [...seen.records.values()];
  const faults = evidence.chaos?.faults ?? [];
  const atRisk = records.filter((record) => wasAtRisk({ ...record, safeMs: record.consumedMs }, faults));
  return {
    ...{ mode, fault, queueType, confirms },
    published: records.length - of('foreign'),
    acked: of('consumed', 'lost'),
    refused: of('refused', 'contradicted'),
    unknown: of('recovered', 'never'),
    consumed: records.filter(({ deliveries }) => deliveries > 0).length,
    deliveries: sumOf(records, ({ deliveries }) => deliveries),
    redelivered: sumOf(records, ({ redelivered }) => redelivered),
    lost: of('lost'),
    duplicated: sumOfDuplications(records.map(duplicationOf)),
    unexpected: of('foreign', 'contradicted'),
    recovered: of('recovered'),
    never: of('never'),
    deadLettered: sumOf(records, ({ deadLettered }) => deadLettered),
    atRisk: atRisk.length,
    lostAtRisk: atRisk.filter((record) => !isConsumed(record)).length,
    faults: struck(faults).length,
    longestGapMs: seen.longestGapMs,
  };
});

function sumOf(records: readonly MessageRecord[], figure: (record: MessageRecord) => number): number {
  return records.reduce((sum, record) => sum + figure(record), 0);
}

function sumOfDuplications(all: readonly Duplication[]): Duplication {
  return all.reduce(
    (sum, { byRedelivery, byResend, unexplained }) => ({
      byRedelivery: sum.byRedelivery + byRedelivery,
      byResend: sum.byResend + byResend,
      unexplained: sum.unexplained + unexplained,
    }),
    { byRedelivery: 0, byResend: 0, unexplained: 0 },
  );
}
