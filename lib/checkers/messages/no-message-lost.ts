// S1-DURABLE for messages: none that was acknowledged is gone. What `lost` means is decided in message-evidence.ts.

import type { Finding } from '../../model/finding.ts';
import { type Checker, type Held, heldTo, listed } from '../checker.ts';
import type { Evidence } from '../evidence.ts';
import { count, some } from '../wording.ts';
import { doubtOf } from './doubt.ts';
import { messageFigures } from './message-figures.ts';
import { messagesByFate } from './messages-of.ts';

/** Judged whether promised or not, and without any bound: a lost message is never in order. */
export const noMessageLost: Checker = (evidence, bounds) =>
  heldTo('messages_lost', bounds, evidence.run, { id: 'no-message-lost', promised: true }).map((held) =>
    judge(evidence, held),
  );

function judge(evidence: Evidence, held: Held): Finding {
  const { acked } = messageFigures(evidence);
  const unseen = messagesByFate(evidence).get('lost') ?? [];
  const common = {
    ...held,
    kind: 'integrity' as const,
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
