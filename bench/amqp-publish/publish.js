// Publishes 256-byte persistent messages from 10 connections with a window of 100: by publishMany, or one by one.

import amqp from 'k6/x/amqp';

const QUEUE = __ENV.QUEUE;
const WINDOW = 100;
const BATCH = 1000;
const DURATION = __ENV.DURATION;

export const options = {
  scenarios: { publish: { executor: 'constant-vus', exec: __ENV.HOW, vus: 10, duration: DURATION } },
};

const client = amqp.client({ urls: __ENV.URLS.split(','), user: __ENV.USER_NAME, passwordFrom: 'env:AMQP_PASSWORD' });
const channel = client.channel({ window: WINDOW, stamp: false });
const body = 'x'.repeat(256);
const bodies = Array(BATCH).fill(body);

export async function many() {
  await channel.publishMany(bodies, { routingKey: QUEUE });
}

/** As many as the window allows are under way, each with a promise of its own. */
export async function single() {
  const next = async (left) => {
    for (let number = 0; number < left; number++) await channel.publish({ routingKey: QUEUE, body });
  };
  await Promise.all(Array.from({ length: WINDOW }, () => next(BATCH / WINDOW)));
}
