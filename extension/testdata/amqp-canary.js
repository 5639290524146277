// Meets every error that a login can meet, and shows all it can.

import amqp from 'k6/x/amqp';

const canary = __ENV.CANARY;

export const options = { scenarios: { show: { executor: 'per-vu-iterations', exec: 'show' } } };

export async function show() {
  const attempts = [
    () => amqp.client({ urls: [`amqp://u:${encodeURIComponent(canary)}@127.0.0.1:1`] }),
    () => amqp.client({ urls: [`amqp://u:${canary}@127.0.0.1:1`] }),
    () => amqp.client({ urls: [__ENV.AMQP_URL], user: 'u', password: canary }).connect({ timeoutMs: 2000 }),
    () => amqp.client({ urls: ['amqp://127.0.0.1:1'], user: 'u', password: canary }).connect({ timeoutMs: 200 }),
    () => amqp.client({ urls: [__ENV.AMQP_URL], password: canary, passwordFrom: 'env:CANARY' }),
  ];
  for (const attempt of attempts) {
    try {
      await attempt();
      console.log('nothing was thrown');
    } catch (error) {
      console.log(`thrown: ${error.name} ${error.code} ${error.message} ${error.stack} ${JSON.stringify(error)}`);
    }
  }
  const client = amqp.client({ urls: [__ENV.AMQP_URL], user: 'u', password: canary });
  console.log(JSON.stringify(client), client, JSON.stringify(await client.channel().publish({ body: 'x' })));
}
