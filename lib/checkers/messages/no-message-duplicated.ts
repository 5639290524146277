// S1-DUP for messages: one may come again only when the broker says so, or when we sent it again ourselves.

import type { Finding } from '../../model/finding.ts';
import { type Checker, type Held, heldTo, listed } from '../checker.ts';
import type { Evidence } from '../evidence.ts';
import { count, some } from '../wording.ts';
import { duplicationOf } from './message-evidence.ts';
import { messageFigures } from './message-figures.ts';
import { messagesOf } from './messages-of.ts';

/** Judged without any bound, too: a message that comes again for no reason is never in order. */
export const noMessageDuplicated: Checker = (evidence, bounds) =>
  heldTo('messages_duplicated', bounds, evidence.run, { id: 'no-message-duplicated', promised: true }).map((held) =>
    judge(evidence, held),
  );

function judge(evidence: Evidence, held: Held): Finding {
  const { consumed, duplicated } = messageFigures(evidence);
  const { byRedelivery, byResend, unexplained } = duplicated;
  const common = {
    ...held,
    kind: 'integrity' as const,
    observed: unexplained,
    samples: consumed,
  };
  const explained = `${count(byRedelivery)} redelivered by the broker, ${count(byResend)} sent again by us`;
  if (unexplained > 0) {
    const records = [...messagesOf(evidence).seen.records.values()];
    const keys = records.filter((record) => duplicationOf(record).unexplained > 0).map(({ key }) => ({ key }));
    const message = `${some(unexplained, 'delivery', 'deliveries')} of a message that had come before, though nothing says so (besides: ${explained})`;
    return { ...common, status: 'fail', message, evidence: { duplicated: listed(keys) } };
  }
  if (consumed === 0) return { ...common, status: 'inconclusive', message: 'no message was consumed' };
  return { ...common, status: 'pass', message: `every repeated delivery is explained: ${explained}` };
}
