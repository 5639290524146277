// The suite's own queues of a message run: declared before the load, deleted when all is read.

import { DEAD_LETTER_QUEUE, MESSAGE_QUEUE, type QueueType } from '../../lib/model/message.ts';
import type { BrokerAccess, BrokerNode } from '../../lib/model/target.ts';
import { isMissing, withConnection } from './broker-client.ts';

/** Read in this order: what the first gave up stands in the second. */
export const QUEUES = [MESSAGE_QUEUE, DEAD_LETTER_QUEUE] as const;

const QUORUM = { 'x-queue-type': 'quorum' } as const;
const DEAD_LETTERING = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': DEAD_LETTER_QUEUE };
/** At least once, which needs an overflow that refuses; and a limit that a run with many faults does not reach. */
const SURE_DEAD_LETTERING = {
  ...DEAD_LETTERING,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
  'x-delivery-limit': 1000,
} as const;

const ARGUMENTS = {
  quorum: { ...QUORUM, ...SURE_DEAD_LETTERING },
  classic: DEAD_LETTERING,
  'classic-durable': DEAD_LETTERING,
} as const satisfies Record<QueueType, object>;

/** Both queues, new and empty; what an earlier run has left goes. */
export async function declareQueues(access: BrokerAccess, type: QueueType): Promise<void> {
  await deleteQueues(access);
  await withConnection(access, firstNode(access), async (connection) => {
    await connection.queueDeclare({ queue: DEAD_LETTER_QUEUE, durable: true, arguments: QUORUM });
    const durable = type !== 'classic';
    await connection.queueDeclare({ queue: MESSAGE_QUEUE, durable, arguments: ARGUMENTS[type] });
  });
}

/** Also those that are not there. By the first node that answers: the others may be down. */
export async function deleteQueues(access: BrokerAccess): Promise<void> {
  const causes: unknown[] = [];
  for (const node of access.nodes) {
    try {
      return await deleteBy(node, access);
    } catch (cause) {
      causes.push(cause);
    }
  }
  throw causes[0] ?? new TypeError('a cluster without nodes');
}

async function deleteBy(node: BrokerNode, access: BrokerAccess): Promise<void> {
  await withConnection(access, node, async (connection) => {
    for (const queue of QUEUES) {
      await connection.queueDelete({ queue }).catch((cause: unknown) => {
        if (!isMissing(cause)) throw cause;
      });
    }
  });
}

function firstNode({ nodes: [first] }: BrokerAccess): BrokerNode {
  if (first === undefined) throw new TypeError('a cluster without nodes');
  return first;
}
