// Publishes 256-byte persistent messages from 10 connections with a window of 100: by publishMany, or one by one.

import amqp from 'k6/x/amqp';

const QUEUE = __ENV.QUEUE;
const WINDOW = 100;
const BATCH = 200;

export const options = {
  scenarios: { publish: { executor: 'per-vu-iterations', exec: __ENV.HOW, vus: 10, iterations: 1 } },
  thresholds: { 'amqp_outcomes{outcome:acked}': ['count>0'] },
};

const client = amqp.client({ urls: __ENV.URLS.split(','), user: __ENV.USER_NAME, passwordFrom: 'env:AMQP_PASSWORD' });
const channel = client.channel({ window: WINDOW, stamp: false });

export async function setup() {
  await client.declareQueue({ name: QUEUE, type: 'quorum' });
}

/** A full quorum queue slows the broker down, so every run has a new one. */
export async function teardown() {
  await client.deleteQueue({ name: QUEUE });
}

const body = 'x'.repeat(256);
const bodies = Array(BATCH).fill(body);

/** Two batches at a time, so that the window stays full while one of them ends. */
export async function many() {
  await untilTimeIsUp(2, () => channel.publishMany(bodies, { routingKey: QUEUE }));
}

/** As many as the window allows are under way, each with a promise of its own. */
export async function single() {
  await untilTimeIsUp(WINDOW, () => channel.publish({ routingKey: QUEUE, body }));
}

async function untilTimeIsUp(atATime, publish) {
  const endMs = Date.now() + Number(__ENV.SECONDS) * 1000;
  const publishing = async () => {
    while (Date.now() < endMs) await publish();
  };
  await Promise.all(Array.from({ length: atATime }, publishing));
}

/** The form in which the bare client says it too. The duration is that of the scenario, without start-up. */
export function handleSummary({ metrics, state }) {
  const messages = metrics['amqp_outcomes{outcome:acked}'].values.count;
  return { stdout: `${JSON.stringify({ messages, seconds: state.testRunDurationMs / 1000 })}\n` };
}
