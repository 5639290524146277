// Publishes in batches from many virtual users over a few shared connections while others consume, and requires that
// every message is confirmed and that deliveries come soon.

import amqp from 'k6/x/amqp';
import { connection } from './connect.js';

const QUEUE = 'k6-load';

export const options = {
  scenarios: {
    publish: { exec: 'publish', executor: 'constant-vus', vus: 20, duration: '5s' },
    consume: { exec: 'consume', executor: 'per-vu-iterations', vus: 2, iterations: 1, maxDuration: '20s' },
  },
  thresholds: {
    // A threshold without samples passes in k6, so each has a companion that counts them.
    amqp_confirm_duration: ['p(95)<500'],
    'amqp_outcomes{outcome:acked}': ['count>1000'],
    'amqp_outcomes{outcome:unknown}': ['count==0'],
    'amqp_outcomes{outcome:nacked}': ['count==0'],
    amqp_delivered: ['count>1000'],
  },
};

const publisher = amqp.client({
  ...connection,
  name: 'k6 publishers',
  pool: { name: 'publishers', connections: 4, channels: 5 },
});
// A connection of its own: a broker that blocks publishers shall not hold up acknowledgements.
const consumer = amqp.client({ ...connection, name: 'k6 consumers' });

export async function setup() {
  await publisher.declareQueue({ name: QUEUE, type: 'quorum' });
}

export async function publish() {
  const bodies = Array.from({ length: 100 }, (_, number) => `message ${__VU}/${__ITER}/${number}`);
  await publisher.channel().publishMany(bodies, { routingKey: QUEUE });
}

export async function consume() {
  const { finished } = consumer.channel().consume({ queue: QUEUE, prefetch: 200, idleMs: 2000 }, (delivery) => {
    delivery.ack();
  });
  console.log(JSON.stringify(await finished));
}

export async function teardown() {
  await publisher.deleteQueue({ name: QUEUE });
}
