import { describe, expect, it } from 'vitest';
import { refuseTakenPorts } from './taken-ports.ts';

describe('the ports of a testbed on loopback', () => {
  it('are refused when a stranger has one on all addresses, by number and use', () => {
    const strangers = [
      { host: '0.0.0.0', port: 80 },
      { host: '0.0.0.0', port: 11_432 },
    ];
    const refusal = {
      exitCode: 69,
      message: 'the testbed cannot have its ports: something listens on all addresses at 11432 (for database)',
      hint: expect.stringContaining("ss -ltnp 'sport = :11432'"),
    };
    expect(() => refuseTakenPorts(strangers)).toThrow(expect.objectContaining(refusal));
  });

  it('are free while others have them on addresses of their own', () => {
    expect(() => refuseTakenPorts([{ host: '127.18.3.10', port: 11_432 }])).not.toThrow();
  });
});
