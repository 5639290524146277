// Why a message that no consumer is known to have seen may be there all the same.

import type { Evidence } from '../evidence.ts';
import { historyFlaws } from '../history-flaws.ts';
import { flawsOf } from '../record-flaws.ts';
import { drainGap } from './drain-gaps.ts';
import { messagesOf } from './messages-of.ts';

/** To be put after `but`; `null` when what nobody saw is gone for certain. */
export function doubtOf(evidence: Evidence): string | null {
  const { told } = messagesOf(evidence);
  const { run, finalReads } = evidence;
  // Only a consumer's lines can be missing: what has no line of its own publication is not among the acknowledged.
  if (told.mode === 'streaming' && historyFlaws(evidence).length > 0) return 'history.ndjson is not whole';
  if (finalReads === null || flawsOf(finalReads.condition).length > 0) return 'the queues were not read to their end';
  return drainGap(told.drain, run.load);
}
