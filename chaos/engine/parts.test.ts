import { describe, expect, it } from 'vitest';
import type { PlannedFault } from '../../lib/model/experiment.ts';
import { FAULT_SAMPLES } from '../faults/fault-samples.ts';
import { EMBEDDED_PARTS } from '../targets/embedded-parts.ts';
import type { Experiment, FaultStep } from './experiment.ts';
import { type Parts, strangersIn } from './parts.ts';

const LATENCY = { latencyMs: 100, jitterMs: 0 };

function complaints(step: FaultStep, parts: Parts = EMBEDDED_PARTS): readonly string[] {
  return strangersIn({ method: [step] } as unknown as Experiment, parts);
}
const of = (fault: string, options: FaultStep['options'], when?: PlannedFault['when']): readonly string[] =>
  complaints({ fault, options, ...(when === undefined ? {} : { when }) });

describe('on the embedded platform', () => {
  it.each(Object.entries(FAULT_SAMPLES))('the sample of %s names nobody who is not there', (fault, options) => {
    expect(of(fault, options)).toEqual([]);
  });

  it.each([
    [
      'a process',
      of('process-freeze', { process: 'paymets' }),
      'there is no process "paymets": did you mean "payments"?',
    ],
    [
      'a service',
      of('network-cut', { services: ['payments', 'inventry'], from: 'broker' }),
      'did you mean "inventory"?',
    ],
    ['a queue', of('consumer-pause', { queue: 'order' }), 'there is no queue "order": did you mean "orders"?'],
    [
      'a queue that a fault waits for',
      of('process-freeze', { process: 'payments' }, { atQueue: { name: 'paymets', messages: 1 } }),
      'there is no queue "paymets": did you mean "payments"?',
    ],
  ])('%s with a typo is told, with the name that was meant', (_what, told, message) => {
    expect(told).toEqual([expect.stringContaining(message)]);
  });

  it('a connection that a service does not have is told', () => {
    expect(of('link-latency', { services: ['shopping', 'payments'], to: 'orders-api', ...LATENCY })).toEqual([
      'link-latency: payments has no connection to orders-api; those that have one: shopping',
    ]);
  });
});

it('where nobody knows all queues and connections, they are not judged', () => {
  const parts = { processes: ['payments'], services: ['payments'], ends: ['broker'], queues: null, links: null };
  const options = { services: ['payments'], to: 'broker', queue: 'any' };
  expect(complaints({ fault: 'link-latency', options }, parts)).toEqual([]);
  expect(complaints({ fault: 'link-latency', options: { ...options, to: 'orders-api' } }, parts)).toEqual([
    'link-latency: there is no part "orders-api": known are broker',
  ]);
});
