// Consumes a queue to its end over 10 connections with 100 messages under way each, and acknowledges every message.

import amqp from 'k6/x/amqp';

const IDLE_MS = 2000;

export const options = {
  scenarios: {
    consume: { executor: 'per-vu-iterations', exec: 'consume', vus: 10, iterations: 1, maxDuration: '10m' },
  },
  thresholds: { amqp_delivered: ['count>0'] },
};

const client = amqp.client({ urls: __ENV.URLS.split(','), user: __ENV.USER_NAME, passwordFrom: 'env:AMQP_PASSWORD' });
const channel = client.channel();

export async function consume() {
  const { finished } = channel.consume({ queue: __ENV.QUEUE, prefetch: 100, idleMs: IDLE_MS }, (delivery) => {
    delivery.ack();
  });
  await finished;
}

export async function teardown() {
  await client.deleteQueue({ name: __ENV.QUEUE });
}

/** The form in which the bare client says it too. The last message was there when the silence began that ended the test. */
export function handleSummary({ metrics, state }) {
  const seconds = (state.testRunDurationMs - IDLE_MS) / 1000;
  return { stdout: `${JSON.stringify({ messages: metrics.amqp_delivered.values.count, seconds })}\n` };
}
