import { describe, expect, it } from 'vitest';
import type { Hello, System } from '../targets/system.ts';
import { REHEARSAL } from './fault.ts';
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
    await expect(linkLatency.inject(answering({ ms: 75 }), intent)).resolves.toMatchObject({ links: INTENT.links });
  });

  it.each([
    ['early', { ms: 73 }, 'answered after 73 ms, where 74 ms are due'],
    ['missing', { outcome: 'silent', ms: 3100 }, 'silent after 3100 ms'],
  ] as const)('is not seen in an answer that is %s', async (_what, hello, message) => {
    await expect(linkLatency.inject(answering(hello), intent)).rejects.toThrow(message);
  });
});

it.each([
  ['latency', linkLatency, { latencyMs: 100, jitterMs: 0 }, { ms: 110 }],
  ['a narrow bandwidth', linkBandwidth, { kilobytesPerS: 5 }, { ms: 130 }],
] as const)('%s is not seen where answers took as long before', async (_what, fault, options, hello) => {
  const inject = (calmMs: number) => fault.inject(answering(hello), { ...INTENT, ...options, calmMs } as never);
  await expect(inject(90)).rejects.toThrow('no effect is seen');
  await expect(inject(2)).resolves.toBeTruthy();
});

it('takes the quickest of several answers for the usual time', async () => {
  const times = [40, 5, 3, 9, 4];
  const hello = async () => ({ outcome: 'answered', ms: times.shift() ?? 0, sentBytes: 8, receivedBytes: 500 });
  const link = { name: 'payments--broker-1', from: 'payments', to: 'broker-1' };
  const system = { links: { links: [link], hello }, broker: { nodes: ['broker-1'] } } as unknown as System;
  const options = { services: ['payments'], to: 'broker', latencyMs: 100, jitterMs: 0 } as const;
  await expect(linkLatency.aim(system, options, REHEARSAL)).resolves.toMatchObject({ calmMs: 3, links: [link.name] });
});

describe('a narrow bandwidth', () => {
  it('is seen in the time that the bytes take', async () => {
    const intent = { ...INTENT, kilobytesPerS: 5 };
    await expect(linkBandwidth.inject(answering({ ms: 98 }), intent)).resolves.toBeTruthy();
    await expect(linkBandwidth.inject(answering({ ms: 3 }), intent)).rejects.toThrow('where 100 ms more');
  });

  it('is not seen where the bytes are too few to be late', async () => {
    const intent = { ...INTENT, kilobytesPerS: 20 };
    const system = answering({ ms: 50, receivedBytes: 100 });
    await expect(linkBandwidth.inject(system, intent)).rejects.toThrow('where 5 ms more');
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
