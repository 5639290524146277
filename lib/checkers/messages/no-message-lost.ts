// S1-DURABLE for messages: none that was acknowledged is gone. What `lost` means is decided in message-evidence.ts.

import type { Bound } from '../../model/bound.ts';
import type { Finding } from '../../model/finding.ts';
import { type Checker, isPromised, listed, ofBound } from '../checker.ts';
import type { Evidence } from '../evidence.ts';
import { count, some } from '../wording.ts';
import { doubtOf } from './doubt.ts';
import { messageFigures } from './message-figures.ts';
import { messagesByFate } from './messages-of.ts';

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
