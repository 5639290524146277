// An order for tests of the k6 side: a patient shopper without chance.

import type { Flow } from '../../flows/flow.ts';
import { seedFlow } from '../../flows/seed.ts';
import type { OrderPlan } from '../../workload/order-plan.ts';
import type { OrderJourney } from '../order-journey.ts';
import { Session } from '../session.ts';

export const PAUSE_MS = 100;
export const AWAIT_LIMIT_MS = 30_000;

export function aJourney(behaviour: Partial<OrderPlan> = {}, flow: Flow = seedFlow()): OrderJourney {
  return {
    flow,
    session: new Session({ headers: {}, secrets: [] }, 15_000),
    key: 'customer-1',
    stage: '100',
    plan: {
      v: 1,
      run: 'run-1',
      generator: 'g1',
      seed: 1,
      flow: 'seed',
      baseUrls: { shopping: 'http://shop', orders: 'http://orders' },
      thresholds: {},
      profile: {
        name: 'smoke',
        about: 'for tests',
        stages: [{ name: '100', users: 100, rampS: 1, holdS: 1, promised: true }],
        thinkTime: { minMs: PAUSE_MS, maxMs: PAUSE_MS },
        resubmitShare: 0,
        httpTimeoutMs: 15_000,
        awaitTimeoutMs: AWAIT_LIMIT_MS,
        stuckAfterMs: 30_000,
      },
    },
    behaviour: {
      content: { lineItems: [{ sku: 'SKU-001', quantity: 2, unitPriceCents: 250 }] },
      resubmit: false,
      thinkTime: { minMs: PAUSE_MS, maxMs: PAUSE_MS },
      draw: () => 0.5,
      ...behaviour,
    },
  };
}
