// S1-DURABLE for messages: none that was acknowledged is gone. What `lost` means is decided in message-evidence.ts.

import type { Bound } from '../../model/bound.ts';
import type { Finding } from '../../model/finding.ts';
import { type Checker, isPromised, listed, ofBound } from '../checker.ts';
import type { Evidence } from '../evidence.ts';
import { flawsOf } from '../record-flaws.ts';
import { count, some } from '../wording.ts';
import { messageFigures, messagesByFate, messagesOf } from './message-figures.ts';

/** Judged whether promised or not: a lost message is never in order. */
export const noMessageLost: Checker = (evidence, bounds) =>
  bounds.filter((bound) => bound.metric === 'messages_lost').map((bound) => judge(evidence, bound));

function judge(evidence: Evidence, bound: Bound): Finding {
  const { acked } = messageFigures(evidence);
  const unseen = messagesByFate(evidence).get('lost') ?? [];
  const common = {
    ...ofBound(bound),
    kind: 'integrity' as const,
    promised: isPromised(bound, evidence.run),
    observed: unseen.length,
    samples: acked,
  };
  const of = `of ${some(acked, 'acknowledged message')}`;
  const doubt = doubtOf(evidence);
  const keys = { unseen: listed(unseen.map(({ key, ackedMs }) => ({ key, ackedMs }))) };
  if (unseen.length > 0 && doubt !== null) {
    const message = `${count(unseen.length)} ${of} not seen by any consumer, but ${doubt}`;
    return { ...common, status: 'inconclusive', message, evidence: keys };
  }
  if (unseen.length > 0) {
    return { ...common, status: 'fail', message: `${count(unseen.length)} ${of} lost`, evidence: keys };
  }
  if (acked === 0) {
    return { ...common, status: 'inconclusive', message: 'no message was acknowledged, so none could be lost' };
  }
  return { ...common, status: 'pass', message: `none ${of} lost` };
}

/** Why a message that no consumer is known to have seen may be there all the same; `null` when it is gone for certain. */
function doubtOf(evidence: Evidence): string | null {
  const { told } = messagesOf(evidence);
  const { history, finalReads } = evidence;
  // Only a consumer's lines can be missing: what has no line of its own publication is not among the acknowledged.
  if (told.mode === 'streaming' && flawsOf(history.condition).length > 0) return 'history.ndjson is not whole';
  if (finalReads === null || flawsOf(finalReads.condition).length > 0) return 'the queues were not read to their end';
  if (told.drain === null) return 'the queues were not read to their end';
  const left = told.drain.left.reduce((sum, { messages }) => sum + (messages ?? 0), 0);
  return left === 0 ? null : `the queues still hold ${some(left, 'message')}`;
}
