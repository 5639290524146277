import { describe, expect, it } from 'vitest';
import { checkBroker } from './check-tools.ts';

describe('the check of RabbitMQ', () => {
  it('is content with a version that the cluster can be made of', () => {
    expect(checkBroker({ version: '3.10.8', folder: '/x' })).toEqual({
      name: 'RabbitMQ',
      health: 'ok',
      seen: '3.10.8  /x',
    });
  });

  it('is blocked, with the reason, by one that `stampede up` refuses', () => {
    expect(checkBroker({ version: '4.3.0', folder: '/x' })).toMatchObject({
      health: 'blocking',
      seen: expect.stringContaining('pause_minority'),
      advice: expect.stringContaining('3.10 to 4.2'),
    });
  });
});
