// Publishes 256-byte persistent messages from 10 connections with a window of 100: by publishMany, or one by one.

import amqp from 'k6/x/amqp';

const QUEUE = __ENV.QUEUE;
const WINDOW = 100;
const BATCH = 1000;
const DURATION = __ENV.DURATION;

export const options = {
  scenarios: { publish: { executor: 'constant-vus', exec: __ENV.HOW, vus: 10, duration: DURATION } },
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
  const batches = async () => {
    for (let batch = 0; batch < 5; batch++) await channel.publishMany(bodies, { routingKey: QUEUE });
  };
  await Promise.all([batches(), batches()]);
}

/** As many as the window allows are under way, each with a promise of its own. */
export async function single() {
  const next = async (left) => {
    for (let number = 0; number < left; number++) await channel.publish({ routingKey: QUEUE, body });
  };
  await Promise.all(Array.from({ length: WINDOW }, () => next(BATCH / WINDOW)));
}

/** The form in which the bare publisher says it too. */
export function handleSummary({ metrics }) {
  return { stdout: `${JSON.stringify({ confirmed: metrics['amqp_outcomes{outcome:acked}'].values.count })}\n` };
}
