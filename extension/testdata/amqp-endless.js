// Publishes and consumes with confirms that never come, until somebody ends the run.

import amqp from 'k6/x/amqp';

export const options = {
  scenarios: {
    publish: { executor: 'constant-vus', exec: 'publish', vus: 5, duration: '10m' },
    consume: { executor: 'constant-vus', exec: 'consume', vus: 2, duration: '10m' },
  },
};

const client = amqp.client({ urls: [__ENV.AMQP_URL], user: 'tester', password: __ENV.CANARY });
const channel = client.channel({ confirmTimeoutMs: 600000 });

export async function publish() {
  await channel.publish({ routingKey: 'q', body: 'x' });
}

export async function consume() {
  await channel.consume({ queue: 'q' }, () => {}).finished;
}
