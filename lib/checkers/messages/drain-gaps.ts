// Why the drain need not have seen everything that the queues held.

import { DEAD_LETTER_QUEUE, type Drain, MESSAGE_QUEUE } from '../../model/message.ts';
import type { RunRecord } from '../../model/run.ts';
import { some } from '../wording.ts';

const QUEUES = [MESSAGE_QUEUE, DEAD_LETTER_QUEUE];

/** The first reason, or `null` when every queue was read to its end, from some node at least, after the load. A queue that the broker does not have any more holds nothing. */
export function drainGap(drain: Drain | null, load: RunRecord['load']): string | null {
  if (drain === null) return 'the queues were not read to their end';
  if (drain.nodes.length === 0) return 'no node was asked for the queues';
  const unread = QUEUES.filter((name) => !drain.left.some(({ queue }) => queue === name));
  if (unread.length > 0) return `nobody looked what is left in ${unread.join(' and ')}`;
  if (load !== null && drain.startedMs < load.endedMs) return 'the queues were read before the load was over';
  const full = drain.left.filter(({ messages }) => messages !== null && messages > 0);
  if (full.length === 0) return null;
  return `after the drain ${full.map(({ queue, messages }) => `${queue} holds ${some(messages ?? 0, 'message')}`).join(', ')}`;
}
