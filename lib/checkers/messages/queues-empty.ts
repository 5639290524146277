// Whether every queue was read to its end, from every node: what is still in a queue is neither consumed nor lost.

import type { Checker } from '../checker.ts';
import { some } from '../wording.ts';
import { drainGap } from './drain-gaps.ts';
import { messagesOf } from './messages-of.ts';

export const queuesEmpty: Checker = (evidence) => {
  const { drain } = messagesOf(evidence).told;
  const common = { id: 'queues-empty', kind: 'measurement' as const, promised: true };
  const gap = drainGap(drain, evidence.run.load);
  if (gap !== null) return [{ ...common, status: 'inconclusive', message: gap }];
  const { left = [], nodes = [] } = drain ?? {};
  const gone = left.filter(({ messages }) => messages === null).map(({ queue }) => queue);
  const missing = gone.length === 0 ? '' : `; the broker does not have ${gone.join(', ')} any more`;
  const message = `all queues are empty, asked from ${some(nodes.length, 'node')}${missing}`;
  return [{ ...common, status: 'pass', message }];
};
