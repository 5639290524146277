// Publishes one message and shows what became of it.

import amqp from 'k6/x/amqp';
import { connection } from './connect.js';

export const options = { thresholds: { 'amqp_outcomes{outcome:acked}': ['count==1'] } };

const client = amqp.client(connection);
const channel = client.channel();

export default async function () {
  await client.declareQueue({ name: 'k6-first', type: 'quorum' });
  const outcome = await channel.publish({ routingKey: 'k6-first', body: 'hello' });
  console.log(`the broker says: ${outcome.kind}, after ${outcome.durationMs.toFixed(2)} ms`);
  await client.deleteQueue({ name: 'k6-first' });
}
