import { describe, expect, it } from 'vitest';
import { brokerRefusal } from './broker-version.ts';

describe('a version of RabbitMQ', () => {
  it.each(['3.10.8', '3.13.7', '4.0.5', '4.2.9', '4.1.0-rc.1'])('%s will do', (version) => {
    expect(brokerRefusal(version)).toBeNull();
  });

  it.each(['3.9.29', '2.8.7'])('%s is too old', (version) => {
    expect(brokerRefusal(version)).toContain('before 3.10');
  });

  it.each(['4.3.0', '4.10.1', '5.0.0'])('%s is too new', (version) => {
    expect(brokerRefusal(version)).toContain('pause_minority');
  });
});
