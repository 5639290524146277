import { describe, expect, it } from 'vitest';
import { checkBroker } from './check-tools.ts';

describe('the check of RabbitMQ', () => {
  it.each(['3.10.8', '4.0.5', '4.2.9'])('is content with %s', (version) => {
    expect(checkBroker({ version, folder: '/usr/lib/rabbitmq/bin' })).toMatchObject({
      health: 'ok',
      seen: `${version}  /usr/lib/rabbitmq/bin`,
    });
  });

  it.each(['4.3.0', '5.0.0'])('refuses %s, which cannot pause a minority', (version) => {
    expect(checkBroker({ version, folder: '/x' })).toMatchObject({ health: 'blocking', advice: expect.any(String) });
  });
});
