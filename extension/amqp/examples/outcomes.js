// Shows outcomes other than acked: a message that no queue takes, one that a full queue refuses, one to an exchange that
// is not there, one that has no form in AMQP.

import { check } from 'k6';
import amqp from 'k6/x/amqp';
import { connection } from './connect.js';

export const options = { thresholds: { checks: ['rate==1'] } };

const client = amqp.client(connection);
const channel = client.channel();

export default async function () {
  const full = {
    name: 'k6-full',
    durable: false,
    autoDelete: true,
    arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' },
  };
  await client.declareQueue(full);
  await channel.publish({ routingKey: full.name, body: 'the only one' });
  const outcomes = {
    returned: await channel.publish({ routingKey: 'k6-nowhere', body: 'x' }),
    nacked: await channel.publish({ routingKey: full.name, body: 'one too many' }),
    unknown: await channel.publish({ exchange: 'k6-nowhere', routingKey: 'x', body: 'x' }),
    rejected: await channel.publish({ routingKey: 'x'.repeat(256), body: 'x' }),
  };
  for (const [expected, outcome] of Object.entries(outcomes)) {
    console.log(JSON.stringify(outcome));
    check(outcome, { [`is ${expected}`]: ({ kind }) => kind === expected });
  }
  await client.deleteQueue({ name: full.name });
}
