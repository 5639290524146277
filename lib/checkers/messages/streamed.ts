// Whether streaming was streaming: consumers that never worked leave everything to the drain, and all of it would look as if it had been at risk.

import type { Checker } from '../checker.ts';
import { some } from '../wording.ts';
import { messagesOf } from './messages-of.ts';

export const streamed: Checker = (evidence) => {
  const { told, seen } = messagesOf(evidence);
  if (told.mode !== 'streaming') return [];
  const drainedFromMs = told.drain?.startedMs ?? Number.POSITIVE_INFINITY;
  const isStreamed = (consumedMs: number | null) => consumedMs !== null && consumedMs < drainedFromMs;
  const consumed = [...seen.records.values()].filter(({ consumedMs }) => isStreamed(consumedMs)).length;
  const common = { id: 'messages-streamed', kind: 'measurement' as const, promised: true, observed: consumed };
  if (consumed === 0) {
    const message = 'no message was consumed while the load went on, so nothing streamed';
    return [{ ...common, status: 'inconclusive', message }];
  }
  return [{ ...common, status: 'pass', message: `${some(consumed, 'message')} consumed while the load went on` }];
};
