import { expect, it } from 'vitest';
import { QUEUE_DEPTH } from '../../model/evidence.ts';
import type { Evidence } from '../evidence.ts';
import { drainMs } from './backlog-drain.ts';
import type { FaultRecovery } from './fault-recovery.ts';

/** Looks every two seconds, the fault struck at 10 s; 100 users have up to 10 messages in the queues at any moment. */
function drain(depths: readonly number[], { struckMs = 10_000, nextStruckMs = null as number | null } = {}) {
  const observations = depths.map((value, index) => ({
    ...({ v: 1, source: 'broker', metric: QUEUE_DEPTH, name: 'orders' } as const),
    ...{ timeMs: index * 2000, value },
  }));
  const run = { profile: { stages: [{ users: 100 }] }, target: {}, settle: null };
  const recovery = { fault: { struckMs }, referenceMs: struckMs, watchedUntilMs: nextStruckMs ?? 60_000, nextStruckMs };
  const chaos = { faults: [{ struckMs: 10_000 }, { struckMs: 20_000 }] };
  return drainMs({ run, chaos, observations } as unknown as Evidence, recovery as unknown as FaultRecovery);
}
const CALM = [0, 2, 1, 4, 3];

it('is none when the queues held no more than usual', () => {
  expect(drain([...CALM, 9, 10, 8, 1])).toBe(0);
});

it('lasts until the queues hold no more than usual after they had been deepest, whatever comes later', () => {
  expect(drain([...CALM, 50, 11, 200, 90, 7, 3, 12])).toBe(8000);
});

it('is that of this fault alone: what came before and after the others does not count', () => {
  const twice = [...CALM, 50, 90, 7, 3, 2, 300, 120, 5, 4];
  expect(drain(twice, { nextStruckMs: 19_000 })).toBe(4000);
  expect(drain(twice, { struckMs: 20_000 })).toBe(4000);
  expect(drain([...CALM, 50, 90, 70, 60, 40, 300, 5], { nextStruckMs: 19_000 })).toBeNull();
});

it('is not known when nobody looked, or the end was not seen', () => {
  expect(drain([])).toBeNull();
  expect(drain([...CALM, 50, 200])).toBeNull();
});
