// Puts the messages of a run into lines that add up, and says what the words mean.

import { count, duration, some } from '../../lib/checkers/wording.ts';
import type { MessageFigures } from '../../lib/model/message.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  refused: 'certainly not taken by the broker: returned, or never sent',
  unknown: 'sent, and nobody knows whether it arrived',
  lost: 'acknowledged, and never seen by a consumer',
  'not seen':
    'acknowledged, and seen by no consumer, though the queues or the lines of consumers were not read to their end',
  recovered: 'outcome unknown at first, and consumed',
  never: 'outcome unknown at first, and not there, which is allowed',
  unexpected: 'consumed, though never published or certainly refused',
  'at risk': 'acknowledged and not yet consumed when a fault struck, or acknowledged from then until all was well',
};

/** What was done, then what became of the messages; every sum in them can be checked. */
export function messageLines(figures: MessageFigures): readonly string[] {
  const { published, acked, refused, unknown, lost, unseen, recovered, never, unexpected } = figures;
  const missing = unseen?.messages ?? lost;
  return [
    `${count(published)} published = ${count(acked)} acknowledged + ${count(refused)} refused + ${count(unknown)} unknown`,
    `${count(acked)} acknowledged = ${count(acked - missing)} consumed + ${count(missing)} ${unseen === undefined ? 'lost' : 'not seen'}`,
    ...(unknown === 0 ? [] : [`${count(unknown)} unknown = ${count(recovered)} recovered + ${count(never)} never`]),
    deliveriesLine(figures),
    ...(unexpected === 0 ? [] : [`${count(unexpected)} unexpected`]),
    faultLine(figures),
  ];
}

/** One line with the meaning of every word that `messageLines` may show. */
export function messageGlossary(): string {
  return Object.entries(MEANINGS)
    .map(([word, meaning]) => `${word}: ${meaning}`)
    .join(' · ');
}

function deliveriesLine({ deliveries, consumed, redelivered, duplicated, deadLettered }: MessageFigures): string {
  const { byRedelivery, byResend, unexplained } = duplicated;
  const again =
    byRedelivery + byResend + unexplained === 0
      ? 'none came twice'
      : `came again: ${count(byRedelivery)} redelivered, ${count(byResend)} sent again by us, ${count(unexplained)} unexplained`;
  const dead = deadLettered === 0 ? '' : `, ${count(deadLettered)} by way of dead letters`;
  return `${some(deliveries, 'delivery', 'deliveries')} of ${some(consumed, 'message')}, ${count(redelivered)} marked as redelivered${dead}; ${again}`;
}

function faultLine({ mode, fault, queueType, confirms, atRisk, faults, longestGapMs }: MessageFigures): string {
  const how = confirms ? '' : ', without confirms';
  const gap = longestGapMs === null ? '' : `; ${duration(longestGapMs)} at most without an acknowledgement`;
  return `${mode} on a ${queueType} queue${how}: ${count(atRisk)} at risk over ${some(faults, 'fault')} (${fault})${gap}`;
}
