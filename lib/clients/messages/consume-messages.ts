// A consumer: every delivery is written down before it is acknowledged.

import type { MessagePlan } from '../../config/message-plan.ts';
import type { Channel, Delivery } from '../../k6/amqp.ts';
import { ledger } from '../../k6/ledger.ts';
import { CONSUME, type ConsumeValue, deliveryKey } from '../../model/message.ts';
import { type Conductor, pause } from './conductor.ts';

const PREFETCH = 200;
const ASK_EVERY_MS = 200;

export interface Consuming {
  readonly plan: MessagePlan;
  readonly channel: Channel;
  readonly conductor: Conductor;
  /** Name of this virtual user. */
  readonly process: string;
}

/** Consumes until it is told to stop; subscribes again when the broker ends its subscription. What is left then is the drain's. */
export async function consumeMessages({ plan, channel, conductor, process }: Consuming): Promise<void> {
  let delivered = 0;
  const isOver = (): boolean => conductor.ask({ process, published: 0, acked: 0, delivered }) === 'stop';
  while (!isOver()) {
    let ended = false;
    let defect: unknown;
    const consumer = channel.consume({ queue: plan.queue, prefetch: PREFETCH }, (delivery) => {
      try {
        settle(delivery, plan.queue);
        delivered += 1;
      } catch (cause) {
        defect ??= cause;
        throw cause;
      }
    });
    // A queue that is gone refuses the subscription: its messages tell that, and the next attempt may succeed.
    const over = consumer.finished
      .catch(() => undefined)
      .then(() => {
        ended = true;
      });
    do await pause(ASK_EVERY_MS);
    while (!ended && !isOver());
    consumer.stop();
    await over;
    if (defect !== undefined) throw defect;
  }
}

function settle(delivery: Delivery, queue: string): void {
  const { messageId, redelivered, deliveryCount } = delivery;
  const value: ConsumeValue = { redelivered, deliveryCount, queue };
  const operation = ledger.begin({ f: CONSUME, key: deliveryKey(messageId), value });
  if (delivery.ack()) operation.ok();
  else operation.fail({ code: 'channel_closed', message: 'the broker will deliver it again' });
}
