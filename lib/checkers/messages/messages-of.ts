// The messages of a run: what it was told to do with them, and what was seen of each.

import type { MessageRun } from '../../model/message.ts';
import type { Evidence } from '../evidence.ts';
import { oncePerEvidence } from '../once.ts';
import { type FoldedMessages, type MessageFate, type MessageRecord, messageFate } from './message-evidence.ts';

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
