// Whether every queue was read to its end, from every node: what is still in a queue is neither consumed nor lost.

import type { Checker } from '../checker.ts';
import { some } from '../wording.ts';
import { messagesOf } from './message-figures.ts';

export const queuesEmpty: Checker = (evidence) => {
  const { drain } = messagesOf(evidence).told;
  const common = { id: 'queues-empty', kind: 'measurement' as const, promised: true };
  if (drain === null) return [{ ...common, status: 'inconclusive', message: 'the queues were not read' }];
  const full = drain.left.filter(({ messages }) => messages !== null && messages > 0);
  if (full.length > 0) {
    const names = full.map(({ queue, messages }) => `${queue} holds ${some(messages ?? 0, 'message')}`);
    return [{ ...common, status: 'inconclusive', message: `after the drain ${names.join(', ')}` }];
  }
  const gone = drain.left.filter(({ messages }) => messages === null).map(({ queue }) => queue);
  const missing = gone.length === 0 ? '' : `; the broker does not have ${gone.join(', ')} any more`;
  const message = `all queues are empty, asked from ${some(drain.nodes.length, 'node')}${missing}`;
  return [{ ...common, status: 'pass', message }];
};
