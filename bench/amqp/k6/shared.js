// 1000 users publish over 10 connections with 100 channels each, five messages per second and user.

import { sleep } from 'k6';
import amqp from 'k6/x/amqp';

const KINDS = ['acked', 'nacked', 'returned', 'unknown', 'rejected'];
const PAUSE_S = 0.2;

export const options = {
  scenarios: {
    publish: {
      executor: 'constant-vus',
      exec: 'publish',
      vus: 1000,
      duration: `${__ENV.SECONDS}s`,
      gracefulStop: '60s',
    },
  },
  thresholds: Object.fromEntries(KINDS.map((kind) => [`amqp_outcomes{outcome:${kind}}`, ['count>=0']])),
};

const client = amqp.client({
  urls: __ENV.URLS.split(','),
  user: __ENV.USER_NAME,
  passwordFrom: 'env:AMQP_PASSWORD',
  name: __ENV.CONNECTION_NAME,
  failover: 'spread',
  pool: { name: 'shared', connections: 10, channels: 100 },
});
const channel = client.channel();
const body = 'x'.repeat(256);

export async function setup() {
  await client.declareQueue({ name: __ENV.QUEUE, type: 'quorum' });
}

export async function teardown() {
  await client.deleteQueue({ name: __ENV.QUEUE });
}

export async function publish() {
  await channel.publish({ routingKey: __ENV.QUEUE, body });
  sleep(PAUSE_S);
}

export function handleSummary({ metrics, state }) {
  const outcomes = KINDS.map((kind) => [kind, metrics[`amqp_outcomes{outcome:${kind}}`]?.values.count ?? 0]);
  const seconds = state.testRunDurationMs / 1000;
  const said = { messages: Object.fromEntries(outcomes).acked, seconds, outcomes: Object.fromEntries(outcomes) };
  return { stdout: `${JSON.stringify(said)}\n` };
}
