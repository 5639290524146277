// Counts the messages of a run by what became of them, and those that were at risk when a fault struck.

import type { MessageFigures } from '../../model/message.ts';
import { struck, wasAtRisk } from '../faults/fault-record.ts';
import { oncePerEvidence } from '../once.ts';
import { doubtOf } from './doubt.ts';
import {
  type Duplication,
  duplicationOf,
  isConsumed,
  type MessageFate,
  type MessageRecord,
} from './message-evidence.ts';
import { messagesByFate, messagesOf } from './messages-of.ts';

export const messageFigures = oncePerEvidence((evidence): MessageFigures => {
  const { told, seen } = messagesOf(evidence);
  const { mode, fault, queueType, confirms } = told;
  const fates = messagesByFate(evidence);
  const of = (...names: readonly MessageFate[]): number =>
    names.reduce((sum, name) => sum + (fates.get(name)?.length ?? 0), 0);
  const records = [...seen.records.values()];
  const faults = evidence.chaos?.faults ?? [];
  const atRisk = records.filter((record) => wasAtRisk({ ...record, safeMs: record.consumedMs }, faults));
  const gone = of('lost');
  const doubt = gone === 0 ? null : doubtOf(evidence);
  return {
    ...{ mode, fault, queueType, confirms },
    published: records.length - of('foreign'),
    acked: of('consumed', 'lost'),
    refused: of('refused', 'contradicted'),
    unknown: of('recovered', 'never'),
    consumed: records.filter(({ deliveries }) => deliveries > 0).length,
    deliveries: sumOf(records, ({ deliveries }) => deliveries),
    redelivered: sumOf(records, ({ redelivered }) => redelivered),
    lost: doubt === null ? gone : 0,
    ...(doubt === null ? {} : { unseen: { messages: gone, but: doubt } }),
    duplicated: sumOfDuplications(records.map(duplicationOf)),
    unexpected: of('foreign', 'contradicted'),
    recovered: of('recovered'),
    never: of('never'),
    deadLettered: sumOf(records, ({ deadLettered }) => deadLettered),
    atRisk: atRisk.length,
    lostAtRisk: doubt === null ? atRisk.filter((record) => !isConsumed(record)).length : 0,
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
