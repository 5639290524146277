// A publisher: messages in batches, each an operation of its own that is written down before it is sent.

import type { MessagePlan, PublishingPhase } from '../../config/message-plan.ts';
import type { BatchOutcome, Channel } from '../../k6/amqp.ts';
import { ledger, type Operation } from '../../k6/ledger.ts';
import { messageKey, PUBLISH } from '../../model/message.ts';
import { type Conductor, pause } from './conductor.ts';

export interface Publishing {
  readonly plan: MessagePlan;
  readonly channel: Channel;
  readonly conductor: Conductor;
  /** Number of this publisher among all virtual users. */
  readonly publisher: number;
}

type Other = BatchOutcome['others'][number];

/** Publishes until it is told to stop. Nothing is ever sent a second time. */
export async function publishMessages(publishing: Publishing): Promise<void> {
  const { plan, conductor, publisher } = publishing;
  const body = 'm'.repeat(plan.bodySizeBytes);
  const counts = { published: 0, acked: 0 };
  for (;;) {
    const phase = conductor.ask({ process: `vu${publisher}`, ...counts, delivered: 0 });
    if (phase === 'stop') return;
    const beganMs = ledger.nowMs();
    const { batchMessages, everyMs } = plan.pace[phase satisfies PublishingPhase];
    const keys = Array.from({ length: batchMessages }, (_, index) =>
      messageKey(plan.run, publisher, counts.published + index + 1),
    );
    counts.published += batchMessages;
    counts.acked += await publishBatch(publishing, keys, body);
    await pause(everyMs - (ledger.nowMs() - beganMs));
  }
}

/** Gives how many of them count as acknowledged. */
async function publishBatch({ plan, channel }: Publishing, keys: readonly string[], body: string): Promise<number> {
  const operations = keys.map((key) => ledger.begin({ f: PUBLISH, key }));
  const messages = keys.map((messageId) => ({ messageId, body }));
  const { others } = await channel.publishMany(messages, { routingKey: plan.queue });
  const otherAt = new Map(others.map((other) => [other.index, other]));
  return operations.filter((operation, index) => complete(operation, otherAt.get(index), plan.confirms)).length;
}

/** A publisher without confirms takes for granted what it has sent: the very defect that such a run plants. */
function complete(operation: Operation, other: Other | undefined, confirms: boolean): boolean {
  if (other === undefined || (!confirms && other.kind === 'unknown' && other.code === 'unconfirmed')) {
    operation.ok();
    return true;
  }
  const failure = { code: 'code' in other ? other.code : other.kind, message: 'text' in other ? other.text : '' };
  if (other.kind === 'returned' || other.kind === 'rejected') operation.fail(failure);
  else operation.info(failure);
  return false;
}
