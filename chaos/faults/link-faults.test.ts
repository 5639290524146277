import { describe, expect, it } from 'vitest';
import type { Hello, System } from '../targets/system.ts';
import { linkBandwidth } from './link-bandwidth.ts';
import { linkHalfOpen } from './link-half-open.ts';
import { linkLatency } from './link-latency.ts';
import { linkReset } from './link-reset.ts';

const INTENT = { id: 'a1', services: ['payments'], links: ['payments--broker-1'], calmMs: 2 };

/** A proxy that takes every fault and answers a hello as told. */
function answering(hello: Partial<Hello>): System {
  const links = {
    addToxic: async () => undefined,
    hello: async (): Promise<Hello> => ({ outcome: 'answered', ms: 3, sentBytes: 8, receivedBytes: 500, ...hello }),
  };
  return { links } as unknown as System;
}

describe('latency', () => {
  const intent = { ...INTENT, latencyMs: 100, jitterMs: 20 };

  it('is seen in an answer that is late', async () => {
    await expect(linkLatency.inject(answering({ ms: 81 }), intent)).resolves.toMatchObject({ links: INTENT.links });
  });

  it.each([
    ['early', { ms: 60 }, 'answered after 60 ms'],
    ['missing', { outcome: 'silent', ms: 3100 }, 'silent after 3100 ms'],
  ] as const)('is not seen in an answer that is %s', async (_what, hello, message) => {
    await expect(linkLatency.inject(answering(hello), intent)).rejects.toThrow(message);
  });
});

describe('a narrow bandwidth', () => {
  it('is seen in the time that the bytes take', async () => {
    const intent = { ...INTENT, kilobytesPerS: 5 };
    await expect(linkBandwidth.inject(answering({ ms: 98 }), intent)).resolves.toBeTruthy();
    await expect(linkBandwidth.inject(answering({ ms: 3 }), intent)).rejects.toThrow('where 100 ms are due');
  });

  it('is not seen where the bytes are too few to be late', async () => {
    const intent = { ...INTENT, kilobytesPerS: 20 };
    const system = answering({ ms: 50, receivedBytes: 100 });
    await expect(linkBandwidth.inject(system, intent)).rejects.toThrow('where 5 ms are due');
  });
});

it.each([
  ['a reset', linkReset, 'broken', 'silent'],
  ['a half-open connection', linkHalfOpen, 'silent', 'broken'],
] as const)('%s is seen as %s, and as nothing else', async (_what, fault, seen, other) => {
  await expect(fault.inject(answering({ outcome: seen }), INTENT)).resolves.toBeTruthy();
  for (const outcome of [other, 'answered'] as const) {
    await expect(fault.inject(answering({ outcome }), INTENT)).rejects.toThrow('no effect is seen');
  }
});
